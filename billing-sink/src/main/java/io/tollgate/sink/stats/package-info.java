/**
 * {@code usage.stats} into {@code usage_stats} and {@code usage_stats_intraday}, by an upsert that only goes forward; and days
 * that have ended into the roll-ups.
 */
@NullMarked
package io.tollgate.sink.stats;

import org.jspecify.annotations.NullMarked;
