package io.tollgate.usageapi.stats;

import java.util.List;

/**
 * What is asked of the stats.
 *
 * @param groups what a row is of, beside its window and its currency, which are never summed over
 * @param filters which rows count; all of them must hold
 */
public record StatsQuestion(Windows windows, List<Grouping> groups, List<Filter> filters) {

    /**
     * One of the values. An empty value stands for absent: usage of no user, say.
     *
     * @param values at least one
     */
    public record Filter(Grouping by, List<String> values) {}
}
