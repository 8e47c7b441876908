package io.tollgate.gateway.admin;

import io.tollgate.openapi.Access;
import io.tollgate.openapi.Operation;
import io.tollgate.openapi.Shape;
import java.util.ArrayList;
import java.util.List;

/** The admin API, for the OpenAPI document: a line for each route of {@code GatewayRoutes}. */
public final class AdminApi {
    private static final String PATH = "/admin/v1/";
    private static final Access AUDITORS = Access.admin("auditor", "operator", "admin");
    private static final Access OPERATORS = Access.admin("operator", "admin");
    private static final Access ADMINS = Access.admin("admin");

    private static final String KEY =
            """
            {"company":"acme","user":null,"name":"search prod","scopes":["ingest","admission"],"models":["*"],
             "expires_at":null,"labels":{},"metadata":{}}
            """;

    private static final List<String> PRICE_FILTERS = List.of("company", "provider", "model", "dimension");

    private AdminApi() {}

    public static List<Operation> operations() {
        List<Operation> all = new ArrayList<>();
        all.addAll(resource(
                "companies/{id}",
                "a company",
                Companies.CompanyView.class,
                List.of("name", "currency", "label"),
                Shape.request(Companies.CompanyView.class, "name").shape(),
                "{\"name\":\"Acme\",\"currency\":\"USD\",\"timezone\":\"Europe/Berlin\",\"labels\":{}}"));
        all.addAll(resource(
                "users/{company}/{id}",
                "a user",
                Users.UserView.class,
                List.of("company", "blocked", "label"),
                Shape.request(Users.UserView.class).shape(),
                "{\"blocked\":false,\"labels\":{\"team\":\"search\"}}"));
        all.addAll(
                resource(
                        "quotas/{id}",
                        "a quota",
                        QuotaJson.View.class,
                        List.of("company", "user", "key", "provider", "model", "metric", "enforcement"),
                        Shape.request(QuotaJson.View.class, "scope", "metric", "limit")
                                .numbers("limit", "thresholds", "period_hours", "period_seconds")
                                .shape(),
                        """
                {"scope":{"company":"acme"},"metric":"cost","limit":"500","period":"month","timezone":"UTC",
                 "enforcement":"hard","thresholds":[50,80,100]}
                """));
        all.addAll(resource(
                "alert-rules/{id}",
                "an alert rule",
                AlertRuleJson.View.class,
                List.of("company", "kind", "quota", "webhook", "enabled"),
                Shape.request(AlertRuleJson.View.class, "scope", "kind", "thresholds")
                        .numbers("thresholds", "minimum", "window_hours", "baseline_windows")
                        .shape(),
                "{\"scope\":{\"company\":\"acme\"},\"kind\":\"spend\",\"thresholds\":[\"100\"],\"window\":\"day\"}"));
        all.addAll(resource(
                "webhooks/{id}",
                "a webhook",
                Webhooks.WebhookView.class,
                List.of("company", "style", "enabled"),
                Shape.request(Webhooks.WebhookView.class, "url")
                        .without("secret")
                        .shape(),
                "{\"url\":\"https://example.com/alerts\",\"style\":\"standard\"}"));
        all.addAll(keys());
        all.addAll(admins());
        all.addAll(prices());
        all.addAll(reratings());
        all.add(changed(post("quotas/{id}/reset", "Begin a quota's count anew"))
                .takes(
                        Shape.json(
                                """
                                        {"type":"object","required":["reason"],"additionalProperties":false,"properties":{
                                          "reason":{"type":"string"},"company":{"type":["string","null"]},
                                          "user":{"type":["string","null"]},"key":{"type":["string","null"]}}}
                                        """),
                        "{\"reason\":\"the customer has paid\"}")
                .answers(202, "the quota; its counts follow", Shape.of(QuotaJson.View.class))
                .refuses(404, "not_found")
                .refuses(409, "too_many_resets", "nothing_to_reset"));
        all.add(
                changed(post("dead-letters/replay", "Send dead letters in again"))
                        .takes(
                                Shape.json(
                                        """
                                        {"type":"object","additionalProperties":false,"properties":{
                                          "ids":{"type":["array","null"],"items":{"type":"string"}},
                                          "code":{"type":["string","null"]},"company":{"type":["string","null"]},
                                          "from":{"type":["string","null"]},"to":{"type":["string","null"]},
                                          "dry_run":{"type":"boolean"},"limit":{"type":["integer","null"]},
                                          "cursor":{"type":["string","null"]}}}
                                        """),
                                "{\"code\":\"unreadable\",\"from\":\"2026-11-01T00:00:00Z\",\"dry_run\":true}")
                        .answers(
                                200,
                                "what went in again, and what did not and why",
                                Shape.json(
                                        """
                                        {"type":"object","required":["dry_run","replayed","ids","left","next_cursor"],"properties":{
                                          "dry_run":{"type":"boolean"},"replayed":{"type":"integer"},
                                          "ids":{"type":"array","items":{"type":"string"}},
                                          "left":{"type":"array","items":{"type":"object"}},
                                          "next_cursor":{"type":["string","null"]}}}
                                        """)));
        all.add(changed(post("dead-letters/{id}/replay", "Send a dead letter in again: as it came, or put right"))
                .takes(
                        Shape.json(
                                """
                                        {"type":"object","additionalProperties":false,"properties":{
                                          "data":{"type":"object","description":"the event's, as it should have been; absent: it goes in as it came"},
                                          "type":{"type":["string","null"]},"company":{"type":["string","null"]},
                                          "source":{"type":["string","null"]},"id":{"type":["string","null"]},
                                          "time":{"type":["string","null"]},"subject":{"type":["string","null"]}}}
                                        """),
                        """
                                {"data":{"provider":"openai","model":"gpt-4o","dimensions":{"input":1200,"output":300}}}
                                """)
                .answers(200, "it went in again", Shape.of(DeadLetters.Sent.class))
                .refuses(404, "not_found")
                .refuses(409, "not_replayable"));
        all.add(changed(post("webhooks/{id}/rotate", "Give a webhook another secret"))
                .query("overlap_hours", "how long deliveries are signed with the old one, too; 24")
                .answers(200, "the webhook with its secret, this once", Shape.of(Webhooks.WebhookView.class))
                .refuses(400, "invalid_parameter")
                .refuses(404, "not_found"));
        return all;
    }

    private static List<Operation> admins() {
        List<Operation> all = new ArrayList<>(resource(
                "admins/{id}",
                "an administrator",
                Admins.AdminView.class,
                List.of("name", "role"),
                Shape.request(Admins.AdminView.class, "name", "role")
                        .without("token")
                        .shape(),
                "{\"name\":\"Ada\",\"role\":\"operator\"}"));
        all.add(changed(post("admins/{id}/rotate", "Give an administrator another token; the old one ends"))
                .answers(200, "the administrator with the token, this once", Shape.of(Admins.AdminView.class))
                .refuses(404, "not_found"));
        all.replaceAll(one -> one.method().equals("GET") ? one : one.by(ADMINS));
        return all;
    }

    private static List<Operation> keys() {
        Shape key = Shape.of(KeyView.class);
        Shape body = Shape.request(KeyView.class, "company", "name")
                .without("secret")
                .shape();
        return List.of(
                list(
                        "keys",
                        "Keys, by id",
                        KeyView.class,
                        List.of("company", "user", "name", "label", "scope", "state", "prefix")),
                changed(post("keys", "Make a key"))
                        .takes(body, KEY)
                        .answers(201, "the key with its secret, this once", key),
                changed(Operation.put(PATH + "keys/{id}", "Make a key of an id of your own, or replace one"))
                        .header("If-None-Match", false, "`*`: only if there is none yet")
                        .takes(body, KEY)
                        .answers(200, "it is replaced, or was like this", key)
                        .answers(201, "the key with its secret, this once", key),
                one("keys/{id}", "A key", KeyView.class),
                changed(Operation.delete(PATH + "keys/{id}", "Revoke a key; it stays readable"))
                        .answers(204, "it is revoked")
                        .refuses(404, "not_found"),
                changed(post("keys/{id}/rotate", "Give a key another secret"))
                        .query("overlap_hours", "how long the old one goes on, up to 168; 0")
                        .refuses(400, "invalid_parameter")
                        .answers(200, "the key with its secret, this once", key)
                        .refuses(404, "not_found")
                        .refuses(409, "revoked_key"),
                changed(post("keys/{id}/block", "Admit a key to nothing any more"))
                        .answers(200, "the key", key)
                        .refuses(404, "not_found"),
                changed(post("keys/{id}/unblock", "Admit a key again"))
                        .answers(200, "the key", key)
                        .refuses(404, "not_found"));
    }

    private static List<Operation> prices() {
        Shape item = Shape.request(PriceItemJson.View.class, "effective_from")
                .numbers("unit_price", "multiplier", "tier_from")
                .only(
                        "company",
                        "provider",
                        "model",
                        "dimension",
                        "unit",
                        "unit_price",
                        "multiplier",
                        "when",
                        "currency",
                        "tier_from",
                        "tier_inclusive",
                        "tier_basis",
                        "service_tier",
                        "region",
                        "variant",
                        "time_window_utc",
                        "effective_from",
                        "effective_to",
                        "alias_of")
                .shape();
        return List.of(
                changed(post("prices", "Add price items, all of them or none"))
                        .takes(
                                Shape.listOf(item),
                                """
                                [{"provider":"openai","model":"gpt-4o","dimension":"input","unit":"token",
                                  "unit_price":"0.0000025","currency":"USD","effective_from":"2026-01-01T00:00:00Z"}]
                                """)
                        .answers(200, "they were there already", Shape.of(Prices.Added.class))
                        .answers(201, "they are added", Shape.of(Prices.Added.class)),
                list("prices", "Prices in force", PriceItemJson.View.class, PRICE_FILTERS)
                        .query("at", "RFC 3339: in force then; now where it is absent"),
                list("prices/history", "Every price item ever recorded", PriceItemJson.View.class, PRICE_FILTERS),
                common(Operation.post(PATH + "prices/quote", "What a usage would cost; nothing is stored"))
                        .by(AUDITORS.orKey("read"))
                        .takes(
                                Shape.json(
                                        """
                                        {"type":"object","required":["provider"],"properties":{
                                          "company":{"type":["string","null"]},"at":{"type":["string","null"]},
                                          "provider":{"type":"string"},"model":{"type":["string","null"]},
                                          "dimensions":{"type":"object","additionalProperties":{"type":["string","number"]}},
                                          "format":{"type":"string"},"response":{},"chunks":{"type":"array"}}}
                                        """),
                                """
                                {"provider":"openai","model":"gpt-4o","dimensions":{"input":1200,"output":300},
                                 "at":"2026-06-01T12:00:00Z"}
                                """)
                        .answers(200, "what and why", Shape.of(Quotes.Quote.class))
                        .refuses(400, "unreadable_body")
                        .refuses(403, "other_company")
                        .refuses(422, "invalid"));
    }

    private static List<Operation> reratings() {
        Shape job = Shape.of(ReratingView.class);
        List<Operation> all = new ArrayList<>(List.of(
                changed(post("reratings", "Rate past events again, by the book of now"))
                        .takes(
                                Shape.request(ReratingView.class)
                                        .only("company", "provider", "model", "from", "to", "only", "reason", "dry_run")
                                        .shape(),
                                "{\"provider\":\"openai\",\"model\":\"gpt-4o\",\"dry_run\":true}")
                        .answers(202, "the job", job)
                        .refuses(422, "beyond_reach"),
                list("reratings", "Re-ratings, the newest first", ReratingView.class, List.of("company", "status")),
                one("reratings/{id}", "A re-rating and how far it is", ReratingView.class),
                changed(Operation.delete(PATH + "reratings/{id}", "Cancel a re-rating; it stays readable"))
                        .answers(204, "it ends")
                        .refuses(404, "not_found")));
        for (String action : List.of("pause", "resume", "cancel")) {
            all.add(changed(post("reratings/{id}/" + action, action.equals("cancel") ? "End it" : "Make it " + action))
                    .answers(200, "the job", job)
                    .refuses(404, "not_found")
                    .refuses(409, "job_ended"));
        }
        return all;
    }

    /** What is listed, read, made or replaced, and deleted. */
    private static List<Operation> resource(
            String path, String one, Class<?> view, List<String> filters, Shape body, String example) {
        String list = path.substring(0, path.indexOf('/'));
        return List.of(
                list(list, "All of " + list + ", by id", view, filters),
                one(path, "Read " + one, view),
                changed(Operation.put(PATH + path, "Make or replace " + one))
                        .header("If-None-Match", false, "`*`: only if there is none yet")
                        .takes(body, example)
                        .answers(200, "it is replaced, or was like this", Shape.of(view))
                        .answers(201, "it is made", Shape.of(view)),
                changed(Operation.delete(PATH + path, "Delete " + one))
                        .answers(204, "it is gone")
                        .refuses(404, "not_found"));
    }

    /** @param filters parameters that narrow the list, of which there are no others */
    private static Operation list(String path, String summary, Class<?> view, List<String> filters) {
        Operation list = common(Operation.get(PATH + path, summary)).by(AUDITORS);
        for (String filter : filters) {
            list = list.query(filter, filter.equals("label") ? "`team:search`" : "");
        }
        return list.paged(view);
    }

    private static Operation one(String path, String summary, Class<?> view) {
        return common(Operation.get(PATH + path, summary))
                .by(AUDITORS)
                .answers(200, "its version is the ETag", Shape.of(view))
                .refuses(404, "not_found");
    }

    private static Operation post(String path, String summary) {
        return Operation.post(PATH + path, summary);
    }

    /** An operator's, with what any change may come to. */
    public static Operation changed(Operation operation) {
        return common(operation)
                .by(OPERATORS)
                .header("If-Match", false, "the ETag that was read: another's change in between is a 412")
                .refuses(400, "unreadable_body")
                .refuses(412, "version_mismatch")
                .refuses(422, "invalid")
                .refuses(503, "not_acknowledged");
    }

    /** An auditor's, which changes nothing. */
    public static Operation read(Operation operation) {
        return common(operation).by(AUDITORS);
    }

    private static Operation common(Operation operation) {
        return operation.refuses(413, "body_too_large").refuses(503, "not_ready");
    }
}
