package io.tollgate.standalone;

import io.tollgate.standalone.client.Endpoints;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A request for each route: one that whoever is let in is answered well, where that can be done again and again; else one
 * of something that is not there or not whole, whose 404 or 422 says just as well that the caller was let in.
 */
final class RouteCalls {
    static final String COMPANY = "rk-first";
    static final String ADMISSION =
            "{\"user\":\"user-1\",\"provider\":\"openai\",\"model\":\"gpt-4o\",\"estimate\":{\"input\":1}}";

    /** Sent beforehand, so that each further time changes nothing. */
    static final List<String> PREPARED = List.of(
            "PUT /admin/v1/companies/{id}",
            "PUT /admin/v1/keys/{id}",
            "PUT /admin/v1/admins/{id}",
            "PUT /admin/v1/users/{company}/{id}",
            "PUT /admin/v1/quotas/{id}",
            "PUT /admin/v1/alert-rules/{id}",
            "PUT /admin/v1/webhooks/{id}",
            "POST /admin/v1/prices");

    private static final String NOWHERE = "nothing-is-here";
    private static final String USAGE = "{\"specversion\":\"1.0\",\"id\":\"rk-1\",\"source\":\"rk\","
            + "\"type\":\"tollgate.usage.v1\",\"subject\":\"user-1\",\"data\":{\"provider\":\"openai\","
            + "\"model\":\"rk-model\",\"dimensions\":{\"input\":1}}}";
    private static final String SCOPE = "{\"scope\":{\"company\":\"" + COMPANY + "\"},";

    /** Bodies of those that have one. */
    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("POST /v1/events", USAGE),
            Map.entry("POST /api/v1/events", USAGE),
            Map.entry("POST /v1/traces", "{\"resourceSpans\":[]}"),
            Map.entry(
                    "POST /v1/litellm",
                    "[{\"id\":\"chatcmpl-0123456789abcdef\",\"status\":\"success\",\"call_type\":\"acompletion\","
                            + "\"custom_llm_provider\":\"openai\",\"model\":\"rk-model\",\"prompt_tokens\":1,"
                            + "\"completion_tokens\":1,\"total_tokens\":2}]"),
            Map.entry(
                    "POST /v1/vendor/{format}",
                    "{\"id\":\"c\",\"model\":\"rk-model\",\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,"
                            + "\"total_tokens\":2}}"),
            Map.entry("POST /v1/admissions", ADMISSION),
            Map.entry("PUT /admin/v1/companies/{id}", "{\"name\":\"" + COMPANY + "\"}"),
            Map.entry("POST /admin/v1/keys", "{\"company\":\"" + COMPANY + "\",\"name\":\"rk\"}"),
            Map.entry("PUT /admin/v1/keys/{id}", "{\"company\":\"" + COMPANY + "\",\"name\":\"rk\"}"),
            Map.entry("PUT /admin/v1/admins/{id}", "{\"name\":\"rk\",\"role\":\"auditor\"}"),
            Map.entry("PUT /admin/v1/users/{company}/{id}", "{\"blocked\":false}"),
            Map.entry(
                    "PUT /admin/v1/quotas/{id}",
                    SCOPE + "\"metric\":\"tokens\",\"limit\":\"1000000\",\"period\":\"day\"}"),
            Map.entry(
                    "PUT /admin/v1/alert-rules/{id}",
                    SCOPE + "\"kind\":\"spend\",\"thresholds\":[\"1000000\"],\"window\":\"day\"}"),
            Map.entry("PUT /admin/v1/webhooks/{id}", "{\"url\":\"http://127.0.0.1:9/\",\"enabled\":false}"),
            Map.entry(
                    "POST /admin/v1/prices",
                    "[{\"provider\":\"openai\",\"model\":\"rk-model\",\"dimension\":\"input\",\"unit\":\"token\","
                            + "\"unit_price\":\"1\",\"currency\":\"USD\","
                            + "\"effective_from\":\"2020-01-01T00:00:00Z\"}]"),
            Map.entry("POST /admin/v1/prices/import", "{}"),
            Map.entry(
                    "POST /admin/v1/prices/quote",
                    "{\"company\":\"" + COMPANY + "\",\"provider\":\"openai\",\"model\":\"rk-model\","
                            + "\"dimensions\":{\"input\":1}}"),
            Map.entry("POST /admin/v1/dead-letters/replay", "{}"),
            Map.entry("POST /admin/v1/reratings", "{\"only\":\"nonsense\"}"),
            Map.entry("POST /admin/v1/quotas/{id}/reset", "{\"reason\":\"\"}"));

    private final Endpoints at;
    private final Supplier<String> reservation;

    /** @param reservation makes an open one */
    RouteCalls(Endpoints at, Supplier<String> reservation) {
        this.at = at;
        this.reservation = reservation;
    }

    /** The request, without a key. */
    HttpRequest.Builder request(Service service, String route, KeyKind kind) {
        String method = route.substring(0, route.indexOf(' '));
        String body = BODIES.get(route);
        HttpRequest.Builder request = HttpRequest.newBuilder(base(at, service).resolve(path(service, route)))
                .method(
                        method.equals(ServedRoutes.ANY) ? "PATCH" : method,
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        if (route.startsWith("POST /v1/vendor")) {
            request.header("Idempotency-Key", "rk-" + kind);
        }
        if (route.equals("GET /v1/live")) {
            // A stream has no end that could be waited for.
            request.header("Last-Event-ID", "nonsense");
        }
        return request;
    }

    private String path(Service service, String route) {
        String path = route.substring(route.indexOf(' ') + 1);
        if (route.equals(ServedRoutes.ELSEWHERE)) {
            return "/" + NOWHERE;
        }
        if (path.contains("{reservation}")) {
            return path.replace("{reservation}", reservation.get());
        }
        if (service == Service.USAGE_API && path.startsWith("/v1/") && !path.equals("/v1/whoami")) {
            String query = path.contains("{id}") ? path.replace("{id}", NOWHERE) : null;
            return query != null
                    ? query
                    : path + "?company=" + COMPANY + (path.equals("/v1/events") ? "&source=rk&id=rk-1" : "");
        }
        if (path.contains("{dimension}")) {
            return path.replace("{dimension}", "tokens") + "?filterCustomerId=" + COMPANY;
        }
        boolean ends = route.startsWith("DELETE") || path.contains("{id}/");
        return path.replace("/companies/{id}", "/companies/" + (ends ? NOWHERE : COMPANY))
                .replace("{company}", COMPANY)
                .replace("{format}", "openai.chat")
                .replace("{month}", NOWHERE)
                .replace("{version}/{file}", "any/main.js")
                .replace("{*path}", "readiness")
                .replace("{id}", ends ? NOWHERE : "rk-thing");
    }

    static URI base(Endpoints at, Service service) {
        return switch (service) {
            case GATEWAY -> at.gateway();
            case STREAMS -> at.streams();
            case SINK -> at.sink();
            case USAGE_API -> at.usageApi();
        };
    }
}
