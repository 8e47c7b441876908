package io.tollgate.usageapi.balance;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What was accepted minute by minute and what became of it; minutes without anything are left out. */
record MinutesBody(String from, String to, @Nullable String company, List<Minute> items, String asOf) {

    /**
     * Submissions that the broker got within one: accepted = outcomes + pending + undecided.
     *
     * @param outcomes by kind, pending ones apart
     * @param undecided on their way; where that does not end, or is below 0, the balance's drift says that something is wrong
     */
    record Minute(String start, long accepted, SortedMap<String, Long> outcomes, long pending, long undecided) {}
}
