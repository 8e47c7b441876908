package io.tollgate.usageapi.problem;

import io.tollgate.openapi.Access;
import io.tollgate.openapi.Operation;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What every call of this service has in common, for the OpenAPI document. */
public final class Reads {
    private static final Access READERS =
            Access.admin("auditor", "operator", "admin").orKey("read");

    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("company", "of this company: a key's own, which is also what it is without this"),
            Map.entry("user", "of this user"),
            Map.entry("key", "of this key, by its id"),
            Map.entry("from", "RFC 3339, or a day; from then on"),
            Map.entry("to", "RFC 3339, or a day; before then"),
            Map.entry("limit", "items of a page, 1 to 1000; 100 where it is not said"),
            Map.entry("cursor", "`next_cursor` of the page before"),
            Map.entry(
                    "period",
                    "of an export a month of UTC, like 2026-11, in place of `from` and `to`; of a forecast month, week or day"),
            Map.entry("format", "csv, ndjson or parquet; csv where it is not said"),
            Map.entry("profile", "native, focus-1.2 or focus-1.4; native where it is not said"),
            Map.entry("gzip", "true: packed, as a file; where it is not said, as `Accept-Encoding` has it"),
            Map.entry("export", "one that was made before, by its id (`x-export`); then no other parameter"),
            Map.entry("top", "so many groups have rows of their own; the rest is one row of each window, `other`"),
            Map.entry("order_by", "cost, list_cost, requests, tokens, errors: order, top and shares"),
            Map.entry("compare", "`previous`: each row beside the same group's totals one period before"));

    private Reads() {}

    /**
     * A {@code GET} for keys that read and for administrators.
     *
     * @param parameters all that the query may have
     */
    public static Operation of(String path, String summary, Set<String> parameters) {
        Operation operation = Operation.get(path, summary)
                .by(READERS)
                .refuses(400, "unknown_parameter", "invalid_parameter")
                .refuses(403, "other_company")
                .refuses(503, "starting", "busy", "database_unavailable", "query_timeout");
        for (String name : new TreeSet<>(parameters)) {
            operation = operation.query(name, MEANINGS.getOrDefault(name, ""));
        }
        return operation;
    }
}
