package io.tollgate.quota;

/**
 * What is counted, for whom and in which windows: all that a quota or a rule says but for what is made of the count.
 *
 * @param id of the quota or rule
 * @param generation another one wherever any of this changes: a count under one is none under the next
 * @param since epoch µs, start of a bucket: from here on every bucket was filled from the totals when the counting began,
 *     so one that is not there is 0
 */
public record Counting(String id, long generation, ScopeMatcher scope, Metric metric, Periods periods, long since) {

    /**
     * Counting that begins at {@code made}, epoch µs: with the window that holds it; a minute's, of which there are no
     * totals, with the first minute that is whole.
     */
    public static Counting from(
            long made, String id, long generation, ScopeMatcher scope, Metric metric, Periods periods) {
        long since = periods.isMinute()
                ? Math.floorDiv(made + Periods.MINUTE - 1, Periods.MINUTE) * Periods.MINUTE
                : periods.at(made).start();
        return new Counting(id, generation, scope, metric, periods, since);
    }

    /**
     * Whether buckets before {@link #since} count, when a late event comes for one. Not of minutes, which can't be known,
     * and not of rolling windows: none that is still to come reaches back there.
     */
    public boolean looksBack() {
        return !periods.isMinute() && !periods.isRolling();
    }
}
