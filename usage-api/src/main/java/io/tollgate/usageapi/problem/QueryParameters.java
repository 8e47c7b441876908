package io.tollgate.usageapi.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request, strictly: a parameter that is not known is an error, because a misspelt filter that is let
 * pass answers a question that nobody asked.
 */
public final class QueryParameters {
    private final Map<String, List<String>> values;

    private QueryParameters(Map<String, List<String>> values) {
        this.values = values;
    }

    /**
     * The parameters of a request that has a fixed set of them.
     *
     * @throws Problem if one of them is not {@code known}
     */
    public static QueryParameters of(Map<String, List<String>> values, Set<String> known) {
        return of(values, known, name -> false);
    }

    /**
     * The parameters of a request that also takes names by a rule.
     *
     * @throws Problem if one of them is neither {@code known} nor {@code alsoKnown}
     */
    public static QueryParameters of(Map<String, List<String>> values, Set<String> known, Predicate<String> alsoKnown) {
        values.forEach((name, given) -> {
            if (!known.contains(name) && !alsoKnown.test(name)) {
                throw Problem.parameter(
                        name,
                        "unknown_parameter",
                        "There is no parameter " + name + "; there are " + new TreeSet<>(known));
            }
            if (name.indexOf('\0') >= 0
                    || given.stream().anyMatch(value -> value != null && value.indexOf('\0') >= 0)) {
                throw Problem.parameter(
                        name, "invalid_parameter", name + " holds a U+0000, which no stored text does.");
            }
        });
        return new QueryParameters(values);
    }

    public Set<String> names() {
        return values.keySet();
    }

    /** All values of a parameter that may be repeated; empty where it is not given. */
    public List<String> all(String name) {
        List<String> given = values.get(name);
        return given == null
                ? List.of()
                : given.stream().map(value -> value == null ? "" : value).toList();
    }

    /**
     * The value, null where it is absent or empty.
     *
     * @throws Problem if it is given twice
     */
    public @Nullable String one(String name) {
        List<String> given = all(name);
        if (given.size() > 1) {
            throw Problem.parameter(
                    name, "invalid_parameter", name + " is given " + given.size() + " times; give it once.");
        }
        return given.isEmpty() || given.get(0).isEmpty() ? null : given.get(0);
    }

    /**
     * What a list is filtered by: values by column, of the parameters that are given.
     *
     * @param columns by the parameters that filter them
     */
    public Map<String, String> filters(Map<String, String> columns) {
        Map<String, String> filters = new LinkedHashMap<>();
        columns.forEach((name, column) -> {
            String only = one(name);
            if (only != null) {
                filters.put(column, only);
            }
        });
        return filters;
    }

    /**
     * The value.
     *
     * @throws Problem if it is absent, empty, or given twice
     */
    public String required(String name) {
        String value = one(name);
        if (value == null) {
            throw Problem.parameter(name, "missing_parameter", name + " is required.");
        }
        return value;
    }
}
