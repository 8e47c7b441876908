package io.tollgate.streams.check;

import io.tollgate.schemas.submission.RejectionCode;
import io.tollgate.schemas.submission.SubmissionLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How far an event's time may lie from the moment at which the broker took the record. Measured against LogAppendTime and
 * never against a wall clock, so that a replay decides alike.
 *
 * <p>Both ends protect more than order: an id older than the generations of dedupe could be counted again, and a window
 * far in the future would push all others out of the totals' store.
 */
public enum EventAge {
    /** At the door. */
    ENTERING(SubmissionLimits.MAX_AGE, SubmissionLimits.MAX_AHEAD),
    /** Behind it: a day and an hour of slack for what the gateway let in on its own clock. */
    METERED(SubmissionLimits.MAX_AGE.plusDays(1), SubmissionLimits.MAX_AHEAD.plusHours(1));

    private final long oldestMicros;
    private final long futureMicros;

    EventAge(Duration oldest, Duration future) {
        this.oldestMicros = oldest.toMillis() * 1_000;
        this.futureMicros = future.toMillis() * 1_000;
    }

    /** Both times in epoch µs; null where the age is fine. */
    public @Nullable Refusal check(long eventTime, long appendedAt) {
        if (eventTime > appendedAt + futureMicros) {
            return new Refusal(
                    RejectionCode.TIMESTAMP_IN_FUTURE, text(eventTime) + " is later than " + text(appendedAt));
        }
        if (eventTime < appendedAt - oldestMicros) {
            return new Refusal(
                    RejectionCode.TIMESTAMP_TOO_FAR_IN_PAST,
                    text(eventTime) + " is more than "
                            + Duration.of(oldestMicros, ChronoUnit.MICROS).toDays() + " days before "
                            + text(appendedAt));
        }
        return null;
    }

    private static String text(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }
}
