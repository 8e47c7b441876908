package io.tollgate.standalone.admin;

import io.tollgate.standalone.client.HttpApi;
import io.tollgate.standalone.client.TextTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A kind of record that the admin API lists, shows, sets and deletes by its id.
 *
 * @param path of the list
 * @param columns pointers to what of a record people are shown in a table
 */
record Resource(String path, List<String> columns) {
    private static final List<String> SCOPE =
            List.of("/id", "/scope/company", "/scope/user", "/scope/key", "/scope/provider", "/scope/model");

    static final Resource QUOTA = scoped(
            "quotas",
            "/limit",
            "/metric",
            "/currency",
            "/period",
            "/period_hours",
            "/period_seconds",
            "/enforcement",
            "/boost/limit",
            "/boost/until");

    static final Resource ALERT_RULE = scoped(
            "alert-rules",
            "/kind",
            "/quota",
            "/thresholds",
            "/currency",
            "/window",
            "/window_hours",
            "/webhooks",
            "/enabled");

    static final Resource WEBHOOK = new Resource(
            "/admin/v1/webhooks",
            List.of("/id", "/url", "/style", "/company", "/enabled", "/old_secret_until", "/secret"));

    private static Resource scoped(String name, String... columns) {
        return new Resource(
                "/admin/v1/" + name,
                Stream.concat(SCOPE.stream(), Stream.of(columns)).toList());
    }

    String path(String id) {
        return path + "/" + HttpApi.encode(id);
    }

    /** A table of the members {@code items}, a row each. */
    void print(JsonNode list, PrintWriter out) {
        JsonNode items = list.path("items");
        if (items.isEmpty()) {
            out.println("there are none");
            return;
        }
        TextTable table = new TextTable(columns.stream()
                .map(column -> column.substring(1).replace("scope/", "").replace('/', ' '))
                .toArray(String[]::new));
        for (JsonNode item : items) {
            table.add(columns.stream().map(column -> cell(item.at(column))).toArray(String[]::new));
        }
        table.print(out);
    }

    private static String cell(JsonNode value) {
        if (value.isArray()) {
            return String.join(
                    ",", value.values().stream().map(JsonNode::asString).toList());
        }
        return value.asString("");
    }
}
