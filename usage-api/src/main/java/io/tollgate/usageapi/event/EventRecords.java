package io.tollgate.usageapi.event;

import java.util.List;

/**
 * All that the books hold on one event.
 *
 * @param ledger its rows, oldest first
 * @param outcomes of its submissions, oldest first, those that changed or decided something: duplicates are only counted
 * @param diedInInbox whether it is among the dead letters without ever having been an event
 */
record EventRecords(
        List<LedgerRow> ledger, List<OutcomeRow> outcomes, long duplicates, long conflicts, boolean diedInInbox) {}
