package io.tollgate.usageapi.event;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where an event stands, told from the books alone. The row in force is the one that nothing has reversed; an event all
 * of whose rows are reversed is voided.
 *
 * @param word rated, unpriced, usage_missing, voided, void_pending, amend_pending or dead
 * @param inForce the row that counts, null where none does
 */
record EventState(String word, @Nullable LedgerRow inForce) {

    /** Null where nothing is known of the event itself: a correction that never found it is not enough. */
    static @Nullable EventState of(EventRecords records) {
        LedgerRow inForce = inForce(records.ledger());
        if (inForce != null) {
            return new EventState(inForce.state(), inForce);
        }
        List<OutcomeRow> outcomes = records.outcomes();
        if (!records.ledger().isEmpty() || outcomes.stream().anyMatch(row -> row.is("usage", "cancelled"))) {
            return new EventState("voided", null);
        }
        if (outcomes.stream().anyMatch(row -> row.is("void", "pending"))) {
            return new EventState("void_pending", null);
        }
        if (outcomes.stream().anyMatch(row -> row.is("amend", "pending"))) {
            return new EventState("amend_pending", null);
        }
        boolean dead = records.diedInInbox() || outcomes.stream().anyMatch(row -> row.is("usage", "dead"));
        return dead ? new EventState("dead", null) : null;
    }

    private static @Nullable LedgerRow inForce(List<LedgerRow> ledger) {
        Set<Integer> reversed = new HashSet<>();
        ledger.stream().filter(LedgerRow::isReversal).forEach(row -> {
            if (row.corrects() != null) {
                reversed.add(row.corrects());
            }
        });
        LedgerRow newest = null;
        for (LedgerRow row : ledger) {
            if (!row.isReversal() && !reversed.contains(row.sequence())) {
                newest = row;
            }
        }
        return newest;
    }
}
