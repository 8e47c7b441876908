package io.tollgate.usageapi.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events as they travel. A block that has an {@code id} and no {@code data} is no event, and still moves the
 * reader's last id on.
 */
final class LiveText {
    static final String END = "\n\n";

    /** What a browser's own client waits before it comes back. */
    private static final int RETRY_MS = 2_000;

    private LiveText() {}

    record ResetBody(String reason, String detail) {}

    record StaleBody(String since, String detail) {}

    record FreshBody(String since) {}

    static String head(String event, Position at) {
        return "id: " + PositionText.of(at) + "\nevent: " + event + "\ndata: ";
    }

    /** Comes at once, so that a proxy passes the head of the answer on. */
    static byte[] hello() {
        return ("retry: " + RETRY_MS + "\n: live\n\n").getBytes(UTF_8);
    }

    /** A sign of life; moves the reader on where there was nothing for them. */
    static byte[] heartbeat(@Nullable Position at) {
        return (at == null ? ": still here\n\n" : ": still here\n" + place(at)).getBytes(UTF_8);
    }

    /** Where the reader is, without an event. */
    static byte[] at(Position at) {
        return place(at).getBytes(UTF_8);
    }

    /** The last words of a stream that is ended here. */
    static byte[] bye(String why) {
        return (": ended: " + why + "\n\n").getBytes(UTF_8);
    }

    static byte[] reset(Reset reason, Position at) {
        return event("reset", at, new ResetBody(reason.name().toLowerCase(Locale.ROOT), reason.detail()));
    }

    /** Nothing comes from Kafka. */
    static byte[] stale(Instant since, @Nullable Position at) {
        return event(
                "stale",
                at,
                new StaleBody(since.toString(), "Kafka does not answer. The stream goes on by itself when it does."));
    }

    /** It comes again; what was written in between follows. */
    static byte[] fresh(Instant since, @Nullable Position at) {
        return event("fresh", at, new FreshBody(since.toString()));
    }

    private static byte[] event(String name, @Nullable Position at, Object body) {
        String head = at == null ? "event: " + name + "\ndata: " : head(name, at);
        return (head + LiveJson.text(body) + END).getBytes(UTF_8);
    }

    private static String place(Position at) {
        return "id: " + PositionText.of(at) + "\n\n";
    }
}
