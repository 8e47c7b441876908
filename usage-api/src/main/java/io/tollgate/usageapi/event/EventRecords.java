package io.tollgate.usageapi.event;

import io.tollgate.usageapi.dead.EventLetter;
import java.util.List;

/**
 * All that the books hold on one event.
 *
 * @param ledger its rows, oldest first
 * @param outcomes of its submissions, oldest first, those that changed or decided something: duplicates are only counted
 * @param deadLetters of it
 */
record EventRecords(
        List<LedgerRow> ledger,
        List<OutcomeRow> outcomes,
        long duplicates,
        long conflicts,
        List<EventLetter> deadLetters) {

    /** Whether something of it died before it had an outcome; what died later has one, and that says what it was. */
    boolean diedInInbox() {
        return deadLetters.stream().anyMatch(EventLetter::isOfInbox);
    }
}
