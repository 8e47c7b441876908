package io.tollgate.sink.webhook;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.tollgate.schemas.database.RootMessage;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * Posts to receivers, none of whom is trusted: a connection of its own for each attempt, no redirect followed, no more of an
 * answer read than its beginning, and an end to all of it after the time limit.
 */
final class Sender implements AutoCloseable {
    private static final int CONNECT_TIMEOUT_MS = 5_000;
    private static final Duration BODY_TIMEOUT = Duration.ofSeconds(1);
    private static final int LONGEST_BEGINNING = 4 * Verdict.LONGEST_ERROR;
    private static final byte[] NO_BYTES = {};

    private final CheckedResolver resolver;
    private final HttpClient client;
    private final Duration timeout;
    private final Clock clock;

    /** @param allowed addresses that may be connected to */
    Sender(Predicate<InetAddress> allowed, Duration timeout, Clock clock) {
        this.timeout = timeout;
        this.clock = clock;
        resolver = new CheckedResolver(allowed);
        client = HttpClient.newConnection()
                .resolver(resolver)
                .followRedirect(false)
                // The client's own would be an attempt that nobody counts.
                .disableRetry(true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS);
    }

    /** Never fails: whatever happens is an answer. */
    Mono<Answer> post(Receiver.Open receiver) {
        byte[] body = receiver.body().getBytes(StandardCharsets.UTF_8);
        return client.headers(headers -> headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                        .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                        .set(HttpHeaderNames.USER_AGENT, "Tollgate")
                        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                        .set("webhook-id", receiver.id())
                        .set("webhook-timestamp", receiver.timestamp())
                        .set("webhook-signature", receiver.signature()))
                .post()
                .uri(receiver.url())
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                .response(this::answer)
                .single()
                .timeout(timeout)
                .onErrorResume(failure -> Mono.just(failed(failure)));
    }

    private Mono<Answer> answer(HttpClientResponse response, ByteBufFlux body) {
        int code = response.status().code();
        Duration retryAfter =
                RetryAfter.parse(response.responseHeaders().get(HttpHeaderNames.RETRY_AFTER), clock.instant());
        boolean accepted = code >= 200 && code < 300;
        return (accepted ? Mono.just("") : beginning(body))
                .<Answer>map(beginning -> new Answer.Status(code, retryAfter, beginning));
    }

    private static Mono<String> beginning(ByteBufFlux body) {
        return body.asByteArray()
                .scan(NO_BYTES, Sender::joined)
                .takeUntil(bytes -> bytes.length >= LONGEST_BEGINNING)
                .last(NO_BYTES)
                .timeout(BODY_TIMEOUT)
                .onErrorReturn(NO_BYTES)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private static byte[] joined(byte[] begun, byte[] more) {
        int taken = Math.min(more.length, LONGEST_BEGINNING - begun.length);
        byte[] all = Arrays.copyOf(begun, begun.length + taken);
        System.arraycopy(more, 0, all, begun.length, taken);
        return all;
    }

    private Answer failed(Throwable failure) {
        RefusedAddressException refused = refused(failure);
        if (refused != null) {
            return new Answer.NotSent(String.valueOf(refused.getMessage()));
        }
        return new Answer.Nothing(
                failure instanceof TimeoutException
                        ? "no answer within " + timeout.toMillis() + " ms"
                        : RootMessage.of(failure));
    }

    private static @Nullable RefusedAddressException refused(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedAddressException refused) {
                return refused;
            }
        }
        return null;
    }

    @Override
    public void close() {
        resolver.close();
    }
}
