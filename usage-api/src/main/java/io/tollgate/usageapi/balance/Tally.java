package io.tollgate.usageapi.balance;

/**
 * Submissions of one partition of usage.events, up to where the sink has counted it.
 *
 * @param accepted counted by the sink from usage.events itself, apart from the topology
 * @param decided those of them that have an outcome, pending ones included
 */
record Tally(long accepted, long decided) {

    /** Accepted without an outcome; below 0 where there are more outcomes than submissions, which is never right. */
    long missing() {
        return accepted - decided;
    }
}
