package io.tollgate.chaos.report;

import io.tollgate.chaos.part.Layout;
import io.tollgate.oracle.Verdict;
import java.time.Duration;
import java.util.List;

/**
 * What a run found.
 *
 * @param acknowledged submissions
 * @param retried batches that were sent again
 * @param loaded from the moment that everything was ready to the last ack
 * @param settled from the last ack until nothing was on its way any more
 * @param unexpected answers that no disturbance excuses
 */
public record ChaosReport(
        long seed,
        Layout layout,
        long acknowledged,
        long retried,
        long priceChanges,
        Duration loaded,
        Duration settled,
        List<Struck> struck,
        List<String> unexpected,
        Verdict verdict) {

    /** Whether the books are right, and nobody was told anything wrong. */
    public boolean holds() {
        return verdict.holds() && unexpected.isEmpty();
    }

    public int kills() {
        return struck.stream().mapToInt(Struck::kills).sum();
    }
}
