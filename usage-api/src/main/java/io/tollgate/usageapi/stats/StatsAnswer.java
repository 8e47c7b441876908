package io.tollgate.usageapi.stats;

import java.time.Instant;
import java.util.List;

/**
 * Totals, and the moment whose state of the books they show.
 *
 * @param rows by window; in each by group and currency
 */
public record StatsAnswer(List<StatsRow> rows, Instant asOf) {}
