package io.tollgate.usageapi.balance;

import io.tollgate.schemas.decimal.Decimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL says, all of it at one moment.
 *
 * @param tallies by partition of usage.events
 * @param outcomes how many there are of each kind, pending ones included
 * @param deadBeforeRekey inbox records that died before they reached usage.events, accepted and dead in one
 * @param money by currency
 * @param progress how far the sink has written each partition
 * @param sinceLedgerMoved how long ago the sink last wrote ledger rows, null where it never has
 */
record Books(
        Map<Integer, Tally> tallies,
        SortedMap<String, Long> outcomes,
        long deadBeforeRekey,
        List<Money> money,
        Map<TopicPartition, Long> progress,
        @Nullable Duration sinceLedgerMoved,
        Instant asOf) {

    /** Sums over the ledger, and over the stats, which should be the same. */
    record Money(@Nullable String currency, Decimal cost, Decimal statsCost, Decimal listCost, Decimal statsListCost) {

        Decimal costDrift() {
            return cost.plus(statsCost.negated());
        }

        Decimal listCostDrift() {
            return listCost.plus(statsListCost.negated());
        }

        boolean balances() {
            return costDrift().equals(Decimal.ZERO) && listCostDrift().equals(Decimal.ZERO);
        }
    }
}
