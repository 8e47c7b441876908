package io.tollgate.usageapi.live;

import io.tollgate.avro.RatedUsage;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import org.jspecify.annotations.Nullable;

/**
 * What one row of the ledger adds, and where it lies: kept beside a frame's sums, since who comes from another instance may
 * have read to the middle of the frame.
 *
 * @param cost null where there is no price
 */
record Increment(
        int partition,
        long offset,
        UsageKey key,
        int requests,
        int errors,
        int unpriced,
        Decimal tokens,
        @Nullable Decimal cost,
        @Nullable Decimal listCost) {
    /** About what it takes in memory, the decimals included. */
    static final int WEIGHT = 160;

    private static final int FIRST_ERROR_STATUS = 400;

    static Increment of(RatedUsage row, UsageKey key, int partition, long offset) {
        Integer status = row.getStatus();
        int requests = row.getRequests();
        Decimal cost = Decimals.fromAvroOrNull(row.getCost());
        return new Increment(
                partition,
                offset,
                key,
                requests,
                status != null && status >= FIRST_ERROR_STATUS ? requests : 0,
                cost == null ? requests : 0,
                Decimals.fromAvro(row.getTokens()),
                cost,
                Decimals.fromAvroOrNull(row.getListCost()));
    }
}
