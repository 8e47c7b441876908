package io.tollgate.quota;

import io.tollgate.avro.Quota;
import io.tollgate.schemas.decimal.Decimal;

/**
 * How a quota stands for somebody now, open admissions included.
 *
 * @param window of a concurrent quota, which has none, an empty moment: the instant asked for
 * @param standing of what has been used, without what is reserved
 * @param reserved held by open admissions
 * @param resetsAt epoch µs: when used falls by itself
 */
public record QuotaView(
        Quota quota, StateName name, Window window, Standing standing, Decimal reserved, long resetsAt) {

    /** What an admission may still ask for; never below 0. */
    public Decimal remaining() {
        Decimal left = standing.limit().plus(standing.used().negated()).plus(reserved.negated());
        return left.signum() < 0 ? Decimal.ZERO : left;
    }
}
