package io.tollgate.usageapi.stats;

import java.time.Instant;
import java.util.List;

/**
 * An answer, and the moment whose state of the books it shows.
 *
 * @param groups names of the rows' groups, in their order
 */
record StatsAnswer(List<String> groups, List<StatsRow> rows, Instant asOf) {}
