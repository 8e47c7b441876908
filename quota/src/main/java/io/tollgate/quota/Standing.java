package io.tollgate.quota;

import io.tollgate.avro.Boost;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Quota;
import io.tollgate.avro.QuotaStatus;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;

/**
 * What has been used of a limit.
 *
 * @param status {@code EXCEEDED} above the limit, {@code WARNING} from the lowest threshold on
 */
public record Standing(Decimal used, Decimal limit, QuotaStatus status) {
    private static final Decimal PER_CENT = Decimal.of(1, 2);

    /**
     * Of a quota and what has been used of it.
     *
     * @param now epoch µs: a boost may be over
     */
    public static Standing of(Quota quota, Decimal used, long now) {
        Decimal limit = limit(quota, now);
        return new Standing(used, limit, status(quota, used, limit));
    }

    /** In force at {@code now}, epoch µs. */
    public static Decimal limit(Quota quota, long now) {
        Boost boost = quota.getBoost();
        return Decimals.fromAvro(boost != null && now < boost.getUntil() ? boost.getLimit() : quota.getLimit());
    }

    /** Never below 0. */
    public Decimal remaining() {
        Decimal left = limit.plus(used.negated());
        return left.signum() < 0 ? Decimal.ZERO : left;
    }

    private static QuotaStatus status(Quota quota, Decimal used, Decimal limit) {
        if (used.compareTo(limit) > 0) {
            return QuotaStatus.EXCEEDED;
        }
        for (ExactDecimal threshold : quota.getThresholds()) {
            if (used.compareTo(share(limit, threshold)) >= 0) {
                return QuotaStatus.WARNING;
            }
        }
        return QuotaStatus.OK;
    }

    /** So many per cent of a limit. */
    public static Decimal share(Decimal limit, ExactDecimal percent) {
        return limit.times(Decimals.fromAvro(percent)).times(PER_CENT);
    }
}
