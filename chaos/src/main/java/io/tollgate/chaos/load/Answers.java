package io.tollgate.chaos.load;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** How every request ended, counted over stretches of time that may overlap. */
public final class Answers {
    private final List<Stretch> open = new CopyOnWriteArrayList<>();

    /** How a request ended. */
    enum Kind {
        /** Each submission was acknowledged, or refused for good. */
        TAKEN,
        /** 503. */
        UNAVAILABLE,
        /** Nobody listens. */
        REFUSED,
        /** The connection ended without an answer. */
        BROKEN,
        /** No answer in time. */
        LATE
    }

    /** Counts from now on. */
    Stretch begin() {
        Stretch stretch = new Stretch(System.nanoTime());
        open.add(stretch);
        return stretch;
    }

    /** One that began at that {@link System#nanoTime} ends now. */
    void add(Kind kind, long begun) {
        add(kind, begun, System.nanoTime());
    }

    void add(Kind kind, long begun, long now) {
        open.forEach(stretch -> stretch.add(kind, begun, now));
    }

    /** Counts until it is ended. */
    public final class Stretch {
        private static final int MOST_MILLIS = 20_000;

        private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
        private final long[] takenByMillis = new long[MOST_MILLIS + 1];
        private long lastTaken;
        private long pause;
        private long refusal;

        private Stretch(long now) {
            lastTaken = now;
        }

        private synchronized void add(Kind kind, long begun, long now) {
            counts.merge(kind, 1L, Long::sum);
            if (kind == Kind.TAKEN) {
                takenByMillis[(int) Math.min(MOST_MILLIS, millis(now - begun))]++;
                pause = Math.max(pause, now - lastTaken);
                lastTaken = now;
            } else if (kind == Kind.UNAVAILABLE || kind == Kind.LATE) {
                refusal = Math.max(refusal, now - begun);
            }
        }

        public Answered end() {
            return end(System.nanoTime());
        }

        /** A pause that goes on counts until now. */
        synchronized Answered end(long now) {
            open.remove(this);
            pause = Math.max(pause, now - lastTaken);
            return new Answered(
                    count(Kind.TAKEN),
                    count(Kind.UNAVAILABLE),
                    count(Kind.REFUSED),
                    count(Kind.BROKEN),
                    count(Kind.LATE),
                    Duration.ofMillis(millis(pause)),
                    Duration.ofMillis(millis(refusal)),
                    Duration.ofMillis(p99()));
        }

        private long count(Kind kind) {
            return counts.getOrDefault(kind, 0L);
        }

        private int p99() {
            long below = count(Kind.TAKEN) * 99 / 100;
            int millis = 0;
            for (long seen = takenByMillis[0]; seen <= below && millis < MOST_MILLIS; seen += takenByMillis[millis]) {
                millis++;
            }
            return count(Kind.TAKEN) == 0 ? 0 : millis;
        }
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
