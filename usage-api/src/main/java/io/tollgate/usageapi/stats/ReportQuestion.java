package io.tollgate.usageapi.stats;

import io.tollgate.usageapi.stats.StatsQuestion.Filter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a report shows, and how.
 *
 * @param windows that have rows
 * @param previous as many windows before them, that each row is compared with; null: none is
 * @param top how many groups have rows of their own; null: all
 * @param orderBy what the top and the shares are of
 * @param ordered whether a window's rows are in that order
 */
record ReportQuestion(
        Windows windows,
        @Nullable Windows previous,
        List<Grouping> groups,
        List<Filter> filters,
        @Nullable Integer top,
        Measure orderBy,
        boolean ordered) {

    /** All windows that it takes: the previous ones first. */
    StatsQuestion totals() {
        return new StatsQuestion(previous == null ? windows : previous.and(windows), groups, filters);
    }
}
