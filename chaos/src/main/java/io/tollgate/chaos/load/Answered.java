package io.tollgate.chaos.load;

import java.time.Duration;

/**
 * What producers saw between two moments.
 *
 * @param taken requests that were told what became of each of their submissions
 * @param unavailable requests that were answered 503
 * @param refused connections that nobody took
 * @param broken connections that ended without an answer
 * @param late requests without an answer in twelve seconds
 * @param pause the longest time in which none was taken, by any gateway
 * @param refusal the longest that one waited for its 503, or in vain
 * @param p99 of the time until one was taken
 */
public record Answered(
        long taken,
        long unavailable,
        long refused,
        long broken,
        long late,
        Duration pause,
        Duration refusal,
        Duration p99) {}
