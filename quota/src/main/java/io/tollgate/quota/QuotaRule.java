package io.tollgate.quota;

import io.tollgate.avro.Boost;
import io.tollgate.avro.Enforcement;
import io.tollgate.avro.Period;
import io.tollgate.avro.Quota;
import io.tollgate.schemas.decimal.Decimals;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A quota, made ready to count with.
 *
 * @param periods null of a concurrent one
 */
public record QuotaRule(Quota quota, ScopeMatcher scope, Metric metric, @Nullable Periods periods) {
    private static final int MOST_THRESHOLDS = 1_000;

    /**
     * A quota's rule.
     *
     * @throws IllegalArgumentException if it can't be counted: nothing that the admin API lets in, but perhaps what a
     *     later version does
     */
    public static QuotaRule of(Quota quota) {
        requireNumbers(quota);
        Metric metric = new Metric(quota.getMetric(), quota.getCurrency());
        Period period = quota.getPeriod();
        boolean concurrent = metric.name().equals(Metric.CONCURRENT);
        if (concurrent != (period == null)) {
            throw new IllegalArgumentException("all metrics but concurrent have a period");
        }
        return new QuotaRule(
                quota,
                new ScopeMatcher(quota.getScope()),
                metric,
                period == null ? null : new Periods(period, zone(quota.getTimezone())));
    }

    public boolean isConcurrent() {
        return periods == null;
    }

    public boolean is(Enforcement enforcement) {
        return quota.getEnforcement() == enforcement;
    }

    /** Whether both count the same, so that what the one has counted holds for the other. */
    public static boolean countAlike(Quota one, Quota other) {
        return one.getScope().equals(other.getScope())
                && one.getMetric().equals(other.getMetric())
                && Objects.equals(one.getCurrency(), other.getCurrency())
                && Objects.equals(one.getPeriod(), other.getPeriod())
                && one.getTimezone().equals(other.getTimezone());
    }

    /** They meet what was used only when it was: what can't be computed then must not be there. */
    private static void requireNumbers(Quota quota) {
        Boost boost = quota.getBoost();
        boolean canBeComputed = Decimals.mayBeGiven(quota.getLimit())
                && (boost == null || Decimals.mayBeGiven(boost.getLimit()))
                && quota.getThresholds().size() <= MOST_THRESHOLDS
                && quota.getThresholds().stream().allMatch(Decimals::mayBeGiven);
        if (!canBeComputed) {
            throw new IllegalArgumentException("a limit or threshold is absurdly long, or there are too many");
        }
    }

    private static ZoneId zone(String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("there is no time zone " + id, e);
        }
    }
}
