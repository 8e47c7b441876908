package io.tollgate.usageapi;

import io.tollgate.usageapi.live.EventStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Somebody who reads a stream, as a browser does. Safe for use by many threads. */
final class LiveClient implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final EventStream stream = new EventStream();
    private final CompletableFuture<HttpResponse<Void>> answer;

    private LiveClient(HttpRequest request) {
        answer = HTTP.sendAsync(request, BodyHandlers.ofByteArrayConsumer(bytes -> bytes.ifPresent(this::read)));
    }

    /** Opens a stream; it may not be there yet when this returns. */
    static LiveClient open(int port, String secret, String query, @Nullable String lastId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/v1/live" + query))
                .header("Authorization", "Bearer " + secret);
        if (lastId != null) {
            request.header("Last-Event-ID", lastId);
        }
        return new LiveClient(request.build());
    }

    private synchronized void read(byte[] bytes) {
        stream.read(bytes);
    }

    /** Looks at what has come. */
    synchronized <T> T look(Function<EventStream, T> at) {
        return at.apply(stream);
    }

    List<EventStream.Event> events(String name) {
        return look(read -> List.copyOf(read.events(name)));
    }

    @Nullable
    String lastId() {
        return look(EventStream::lastId);
    }

    /** Whether the server has ended the stream. */
    boolean isEnded() {
        return answer.isDone();
    }

    @Override
    public void close() {
        answer.cancel(true);
    }
}
