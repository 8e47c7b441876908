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

    private static final Map<String, String> MEANINGS = Map.of(
            "company", "of this company: a key's own, which is also what it is without this",
            "user", "of this user",
            "key", "of this key, by its id",
            "from", "RFC 3339, or a day; from then on",
            "to", "RFC 3339, or a day; before then",
            "limit", "items of a page, 1 to 1000; 100 where it is not said",
            "cursor", "`next_cursor` of the page before",
            "top", "so many groups have rows of their own; the rest is one row of each window, `other`",
            "order_by", "cost, list_cost, requests, tokens, errors: order, top and shares",
            "compare", "`previous`: each row beside the same group's totals one period before");

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
