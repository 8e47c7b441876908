package io.tollgate.usageapi.live;

import io.tollgate.openapi.Operation;
import io.tollgate.openapi.Shape;
import io.tollgate.usageapi.access.Caller;
import io.tollgate.usageapi.access.Callers;
import io.tollgate.usageapi.problem.Problem;
import io.tollgate.usageapi.problem.Reads;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /v1/live}. */
@Component
public final class LiveHandler {
    private static final String LAST_EVENT_ID = "Last-Event-ID";

    public static final Operation OPERATION = Reads.of(
                    "/v1/live",
                    "What is used, how quotas stand and which alerts are raised, as it happens",
                    LiveQuestion.PARAMETERS)
            .header(LAST_EVENT_ID, false, "the last `id` that was read; the stream goes on behind it")
            .answers(
                    200,
                    "server-sent events, without an end: `usage`, `quota`, `quota_removed`, `alert`; `reset` where the"
                            + " stream can't go on behind the last id; `stale` and `fresh` while Kafka is away",
                    MediaType.TEXT_EVENT_STREAM_VALUE,
                    Shape.text())
            .refuses(400, "invalid_position")
            .refuses(503, "too_many_subscribers", "stopping");

    private final Callers callers;
    private final LiveStreams streams;

    LiveHandler(Callers callers, LiveStreams streams) {
        this.callers = callers;
        this.streams = streams;
    }

    /** Opens a stream. */
    public Mono<ServerResponse> get(ServerRequest request) {
        HttpHeaders headers = request.headers().asHttpHeaders();
        Caller caller = callers.identify(headers);
        LiveQuestion question = LiveQuestion.read(request.queryParams(), caller);
        String tenant = caller instanceof Caller.OfCompany own ? own.company() : null;
        Position from = position(headers.getFirst(LAST_EVENT_ID));
        ChannelOutlet outlet = ChannelOutlet.of(request.exchange().getRequest());
        LiveStreams.Opened stream = streams.open(question, tenant, from, outlet, stillIs(caller, headers));
        outlet.whenWritable(() -> stream.subscriber().wake());
        return ServerResponse.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                // no-transform: who compresses it on the way would hold it back.
                .header(HttpHeaders.CACHE_CONTROL, "no-store, no-transform")
                .header("X-Accel-Buffering", "no")
                .body((response, context) -> response.writeAndFlushWith(
                        stream.subscriber().body(response.bufferFactory()).doFinally(how -> {
                            outlet.release();
                            stream.close();
                        })));
    }

    /** Whether the same headers still let the same caller in: a key may be revoked while it reads. */
    private BooleanSupplier stillIs(Caller caller, HttpHeaders headers) {
        return () -> {
            try {
                return callers.identify(headers).equals(caller);
            } catch (Problem refused) {
                return false;
            }
        };
    }

    private static @Nullable Position position(@Nullable String lastId) {
        if (lastId == null || lastId.isBlank()) {
            return null;
        }
        try {
            return PositionText.parse(lastId.strip());
        } catch (IllegalArgumentException e) {
            throw Problem.of(
                    HttpStatus.BAD_REQUEST,
                    "invalid_position",
                    LAST_EVENT_ID + " is no id of an event of this stream: " + e.getMessage()
                            + ". Leave it out to begin with what comes.");
        }
    }
}
