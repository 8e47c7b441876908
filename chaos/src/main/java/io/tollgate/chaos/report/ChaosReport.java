package io.tollgate.chaos.report;

import io.tollgate.chaos.part.Layout;
import io.tollgate.chaos.watch.Footprints;
import io.tollgate.oracle.Verdict;
import java.time.Duration;
import java.util.List;

/**
 * What a run found.
 *
 * @param acknowledged submissions
 * @param retried batches that were sent again
 * @param reached from the moment that everything was ready until all was disturbed and enough was acknowledged
 * @param loaded from the moment that everything was ready to the last ack
 * @param settled from the last ack until nothing was on its way any more
 * @param memory of each process
 * @param unexpected answers that no disturbance excuses
 * @param doubled events that count more than once
 */
public record ChaosReport(
        long seed,
        Layout layout,
        long acknowledged,
        long retried,
        long priceChanges,
        Duration reached,
        Duration loaded,
        Duration settled,
        List<Struck> struck,
        List<Footprints.Footprint> memory,
        List<String> unexpected,
        long doubled,
        Verdict verdict) {
    /** The oracle's check that each acknowledged submission has a place. */
    private static final String PLACES = "acknowledged_has_a_place";

    /** Whether the books are right, and nobody was told anything wrong. */
    public boolean holds() {
        return verdict.holds() && unexpected.isEmpty() && doubled == 0;
    }

    /** Acknowledged submissions that are nowhere. */
    public long lost() {
        return verdict.checks().stream()
                .filter(check -> check.name().equals(PLACES))
                .findFirst()
                .orElseThrow()
                .differing();
    }

    public int kills() {
        return struck.stream().mapToInt(Struck::kills).sum();
    }
}
