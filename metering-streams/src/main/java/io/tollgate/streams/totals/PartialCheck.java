package io.tollgate.streams.totals;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.Granularity;
import io.tollgate.avro.UsagePartial;
import io.tollgate.avro.UsagePartials;
import io.tollgate.avro.UsageStats;
import io.tollgate.schemas.LatencyBuckets;
import io.tollgate.schemas.StatsKey;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.submission.RejectionCode;
import io.tollgate.schemas.submission.SubmissionLimits;
import io.tollgate.streams.check.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whether a partial is one that the combiner could have written. Only it writes them; but one of anybody else's that can't
 * be added up would stop its partition for good, and one of a window far ahead would push all others out of the store.
 */
final class PartialCheck {
    /** As much as a broker takes; behind compression there may be more. */
    static final int LARGEST = 1 << 20;

    /** What a row is told apart by is in its key and in its value, which are one record. */
    static final int LARGEST_KEY = 320 << 10;

    /** An event is an hour and a quarter ahead at most; a week pushes nothing out that a quota still counts. */
    private static final long AHEAD = Duration.ofDays(7).toMillis() * 1_000;

    private static final long BACK = TotalsProcessor.KEPT.toMillis() * 1_000;

    private PartialCheck() {}

    /**
     * What is wrong with the first that has something wrong; null where nothing is.
     *
     * @param bytes that it came as
     * @param appendedAt of its record, epoch µs
     */
    static @Nullable Refusal check(byte @Nullable [] key, UsagePartials partials, int bytes, long appendedAt) {
        if (bytes > LARGEST) {
            return new Refusal(RejectionCode.VALUE_TOO_LONG, bytes + " bytes, " + LARGEST + " are allowed");
        }
        for (UsagePartial partial : partials.getPartials()) {
            UsageStats row = partial.getRow();
            Refusal refusal = check(key, row, appendedAt);
            if (refusal == null && bytes > LARGEST_KEY && StatsKey.of(row).length > LARGEST_KEY) {
                refusal = new Refusal(RejectionCode.VALUE_TOO_LONG, "what names the row has more than " + LARGEST_KEY);
            }
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    private static @Nullable Refusal check(byte @Nullable [] key, UsageStats row, long appendedAt) {
        if (key == null || !Arrays.equals(key, row.getCompany().getBytes(StandardCharsets.UTF_8))) {
            return invalid("its key is not its company");
        }
        if (row.getGranularity() != Granularity.MINUTE) {
            return invalid("a row by " + row.getGranularity() + ", not by the minute");
        }
        long start = row.getWindowStart();
        if (start > appendedAt + AHEAD || start < appendedAt - BACK) {
            return invalid("window_start " + start + " is out of bounds at " + appendedAt);
        }
        if (row.getDimensions().size() > StatsRows.MOST_DIMENSIONS + 1) {
            return new Refusal(
                    RejectionCode.TOO_MANY_DIMENSIONS, row.getDimensions().size() + " dimensions");
        }
        int buckets = row.getLatencyHistogram().size();
        if (buckets != 0 && buckets != LatencyBuckets.COUNT) {
            return invalid(buckets + " buckets of latencies");
        }
        return amounts(row);
    }

    private static @Nullable Refusal amounts(UsageStats row) {
        if (!Decimals.mayBeGiven(row.getTokens())
                || !Decimals.mayBeGiven(row.getCost())
                || !Decimals.mayBeGiven(row.getListCost())) {
            return absurd();
        }
        String last = null;
        for (DimensionQuantity counted : row.getDimensions()) {
            if (!Decimals.mayBeGiven(counted.getQuantity())) {
                return absurd();
            }
            if (counted.getDimension().length() > SubmissionLimits.MAX_NAME) {
                return new Refusal(RejectionCode.VALUE_TOO_LONG, "the name of a dimension");
            }
            if (last != null && last.compareTo(counted.getDimension()) >= 0) {
                return invalid("dimensions that do not rise: " + counted.getDimension());
            }
            last = counted.getDimension();
        }
        return null;
    }

    private static Refusal absurd() {
        return new Refusal(RejectionCode.INVALID_QUANTITY, "a number that is absurdly long");
    }

    private static Refusal invalid(String detail) {
        return new Refusal(RejectionCode.INVALID_EVENT, detail);
    }
}
