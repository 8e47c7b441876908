package io.tollgate.standalone.admin;

import io.tollgate.standalone.client.Flag;
import io.tollgate.standalone.client.HttpApi;
import io.tollgate.standalone.client.TextTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A kind of record that the admin API lists, shows, sets and deletes by its id.
 *
 * @param path of the list
 * @param names what an id is made of, in the order of the path and as members of the record
 * @param columns pointers to what of a record people are shown in a table
 * @param flags members that an option sets
 * @param filters of the list, by query parameter
 * @param example of 'set'
 */
record Resource(
        String path, List<String> names, List<String> columns, List<Flag> flags, List<Flag> filters, String example) {
    private static final String ADMIN = "/admin/v1/";
    private static final List<String> ID = List.of("id");
    private static final Flag COMPANY_ONLY =
            Flag.text("--company", "company", "Only this company's; '*' are those for each company.");
    private static final Flag LABELS = Flag.map("--labels", "labels", "What else there is to say, team=search say.");

    private static final List<String> SCOPE_COLUMNS =
            List.of("/id", "/scope/company", "/scope/user", "/scope/key", "/scope/provider", "/scope/model");
    private static final List<Flag> SCOPE_FLAGS = List.of(
            Flag.text("--company", "scope/company", "Whose usage counts; '*' is each company."),
            Flag.text("--user", "scope/user", "A user, or '*' for each."),
            Flag.text("--key", "scope/key", "A key's id, or '*' for each."),
            Flag.text("--provider", "scope/provider", "Only this provider's usage."),
            Flag.text("--model", "scope/model", "Only this model's, gpt-4o or gpt-4* say."));

    static final Resource COMPANY = new Resource(
            ADMIN + "companies",
            ID,
            List.of("/id", "/name", "/currency", "/timezone", "/labels"),
            List.of(
                    Flag.text("--name", "name", "What people call it."),
                    Flag.text("--currency", "currency", "What its costs are in (default: USD)."),
                    Flag.text("--timezone", "timezone", "Of its days, Europe/Berlin say (default: UTC)."),
                    LABELS),
            List.of(),
            "companies set acme --name Acme --currency USD");

    static final Resource USER = new Resource(
            ADMIN + "users",
            List.of("company", "id"),
            List.of("/company", "/id", "/blocked", "/labels"),
            List.of(Flag.yesOrNo("--blocked", "blocked", "Whether admissions are denied."), LABELS),
            List.of(COMPANY_ONLY),
            "users set acme ann --labels team=search");

    static final Resource KEY = new Resource(
            ADMIN + "keys",
            ID,
            List.of(
                    "/id",
                    "/company",
                    "/user",
                    "/name",
                    "/prefix",
                    "/scopes",
                    "/models",
                    "/blocked",
                    "/expires_at",
                    "/revoked_at",
                    "/secret"),
            List.of(
                    Flag.text("--name", "name", "What it is for."),
                    Flag.text("--user", "user", "Whose events all of its events are."),
                    Flag.list("--scopes", "scopes", "Of ingest, correct, admission, read (default: ingest)."),
                    Flag.list("--models", "models", "Which models it may use, gpt-4*,claude-* say (default: all)."),
                    Flag.text("--expires-at", "expires_at", "When it ends, 2027-01-01T00:00:00Z say."),
                    LABELS,
                    Flag.map("--metadata", "metadata", "Notes of yours.")),
            List.of(
                    COMPANY_ONLY,
                    Flag.text("--user", "user", "Only this user's."),
                    Flag.text("--prefix", "prefix", "Whose secret begins with it.")),
            "keys set key_0f3a --name 'search prod' --scopes ingest,admission");

    static final Resource ADMINISTRATOR = new Resource(
            ADMIN + "admins",
            ID,
            List.of("/id", "/name", "/role", "/prefix", "/expires_at", "/token", "/secret"),
            List.of(
                    Flag.text("--name", "name", "What people call them."),
                    Flag.text("--role", "role", "admin, operator or auditor."),
                    Flag.text("--expires-at", "expires_at", "When the token ends, 2027-01-01T00:00:00Z say.")),
            List.of(),
            "admins set ann --name 'Ann Lee' --role operator");

    static final Resource QUOTA = new Resource(
            ADMIN + "quotas",
            ID,
            columns(
                    SCOPE_COLUMNS,
                    "/limit",
                    "/metric",
                    "/currency",
                    "/period",
                    "/period_hours",
                    "/period_seconds",
                    "/enforcement",
                    "/boost/limit",
                    "/boost/until"),
            flags(
                    SCOPE_FLAGS,
                    Flag.text("--metric", "metric", "cost, tokens, requests, concurrent or a dimension, output say."),
                    Flag.text("--limit", "limit", "How much of it."),
                    Flag.text("--currency", "currency", "Of a cost (default: the company's)."),
                    Flag.text("--period", "period", "minute, hour, day, week, month, rolling or every."),
                    Flag.whole("--period-hours", "period_hours", "Of a rolling period."),
                    Flag.whole("--period-seconds", "period_seconds", "Of a period 'every'."),
                    Flag.text("--anchor", "anchor", "When a period 'every' began once."),
                    Flag.text("--timezone", "timezone", "Of its days (default: the company's)."),
                    Flag.text("--enforcement", "enforcement", "hard, soft or shadow."),
                    Flag.list("--thresholds", "thresholds", "Per cent at which somebody is told, 50,80,100 say.")),
            List.of(COMPANY_ONLY),
            "quotas set acme-month --company acme --metric cost --limit 500 --period month");

    static final Resource ALERT_RULE = new Resource(
            ADMIN + "alert-rules",
            ID,
            columns(
                    SCOPE_COLUMNS,
                    "/kind",
                    "/quota",
                    "/thresholds",
                    "/currency",
                    "/window",
                    "/window_hours",
                    "/webhooks",
                    "/enabled"),
            flags(
                    SCOPE_FLAGS,
                    Flag.text("--kind", "kind", "quota_share, spend, spike, forecast, error_share or unpriced."),
                    Flag.text("--quota", "quota", "Which quota it watches."),
                    Flag.list("--thresholds", "thresholds", "When it tells, 50,80,100 say."),
                    Flag.text("--currency", "currency", "Of a spend."),
                    Flag.text("--window", "window", "hour, day, week, month or rolling."),
                    Flag.list("--webhooks", "webhooks", "Who is told, by their ids."),
                    Flag.yesOrNo("--enabled", "enabled", "Whether it tells at all.")),
            List.of(COMPANY_ONLY),
            "alerts rules set acme-budget --company acme --kind quota_share --quota acme-month --thresholds 80,100");

    static final Resource WEBHOOK = new Resource(
            ADMIN + "webhooks",
            ID,
            List.of("/id", "/url", "/style", "/company", "/enabled", "/old_secret_until", "/secret"),
            List.of(
                    Flag.text("--to", "url", "Where alerts are sent."),
                    Flag.text("--style", "style", "standard or slack."),
                    Flag.text("--company", "company", "Whose alerts alone it takes."),
                    Flag.yesOrNo("--enabled", "enabled", "Whether anything is sent.")),
            List.of(COMPANY_ONLY),
            "webhooks set ops --to https://example.com/alerts --style slack");

    private static List<String> columns(List<String> first, String... more) {
        return Stream.concat(first.stream(), Stream.of(more)).toList();
    }

    private static List<Flag> flags(List<Flag> first, Flag... more) {
        return Stream.concat(first.stream(), Stream.of(more)).toList();
    }

    /** Of one of them. */
    String path(List<String> id) {
        return path + "/" + id.stream().map(HttpApi::encode).collect(Collectors.joining("/"));
    }

    String path(String id) {
        return path(List.of(id));
    }

    /** A table of the members {@code items}, a row each. */
    void print(JsonNode list, PrintWriter out) {
        TextTable.of(list.path("items"), columns, out);
    }

    /** A table of one of them. */
    void printOne(JsonNode record, PrintWriter out) {
        print(
                HttpApi.MAPPER
                        .createObjectNode()
                        .set("items", HttpApi.MAPPER.createArrayNode().add(record)),
                out);
    }
}
