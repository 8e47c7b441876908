package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every route with every kind of key, as the tables of docs/tenants.md say; a route without a row fails. Each answer is
 * one that the service's OpenAPI document describes.
 */
@ExtendWith(SharedStack.class)
class RoutesAndKeysIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final List<KeyKind> NO_KEY = List.of(KeyKind.NONE, KeyKind.MALFORMED);
    /** What the tables would be by the answers, to be compared with the page. */
    private static final Path ANSWERED = Path.of("target/tenants-answered.md");

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static TestStack stack;
    private static RouteTable table;
    private static RouteCalls calls;
    private static final Map<Service, ApiContract> CONTRACTS = new EnumMap<>(Service.class);
    private static final Map<KeyKind, String> SECRETS = new EnumMap<>(KeyKind.class);

    @BeforeAll
    static void makeTheKeys(TestStack shared) throws Exception {
        stack = shared;
        table = RouteTable.read();
        for (Service service : Service.values()) {
            CONTRACTS.put(service, ApiContract.of(RouteCalls.base(stack.endpoints(), service)));
        }
        TollgateClient client = new TollgateClient(
                stack.endpoints().gateway(), stack.endpoints().usageApi(), stack.adminToken());
        for (String company : List.of(RouteCalls.COMPANY, "rk-other", "rk-gone")) {
            client.putCompany(company);
        }
        String all = "\"scopes\":[\"ingest\",\"correct\",\"admission\",\"read\"]";
        JsonNode expired = key(
                client,
                RouteCalls.COMPANY,
                all + ",\"expires_at\":\"" + Instant.now().plusMillis(1_500) + "\"");
        SECRETS.put(KeyKind.EXPIRED, secret(expired));
        SECRETS.put(KeyKind.UNKNOWN, "tg_" + "0".repeat(48));
        SECRETS.put(KeyKind.TOKEN, stack.adminToken());
        JsonNode revoked = key(client, RouteCalls.COMPANY, all);
        SECRETS.put(KeyKind.REVOKED, secret(revoked));
        delete("keys/" + revoked.path("id").asString());
        for (KeyKind scope : List.of(KeyKind.INGEST, KeyKind.CORRECT, KeyKind.ADMISSION, KeyKind.READ)) {
            SECRETS.put(scope, secret(key(client, RouteCalls.COMPANY, "\"scopes\":[\"" + scope.column() + "\"]")));
        }
        SECRETS.put(KeyKind.OTHER, secret(key(client, "rk-other", all)));
        SECRETS.put(KeyKind.BOUND, secret(key(client, RouteCalls.COMPANY, all + ",\"user\":\"user-7\"")));
        JsonNode blocked = key(client, RouteCalls.COMPANY, all);
        SECRETS.put(KeyKind.BLOCKED, secret(blocked));
        client.post("keys/" + blocked.path("id").asString() + "/block", "");
        SECRETS.put(KeyKind.ALL, secret(key(client, RouteCalls.COMPANY, all)));
        for (KeyKind role : List.of(KeyKind.AUDITOR, KeyKind.OPERATOR, KeyKind.ADMIN)) {
            SECRETS.put(
                    role,
                    client.put("admins/rk-" + role.column(), "{\"name\":\"rk\",\"role\":\"" + role.column() + "\"}")
                            .path("token")
                            .asString());
        }
        SECRETS.put(KeyKind.GONE, secret(key(client, "rk-gone", all)));
        delete("companies/rk-gone");

        calls = new RouteCalls(stack.endpoints(), () -> reservation(SECRETS.get(KeyKind.ALL)));
        for (String route : RouteCalls.PREPARED) {
            assertThat(send(Service.GATEWAY, route, KeyKind.TOKEN).join().statusCode())
                    .as(route)
                    .isIn(200, 201);
        }
        assertThat(send(Service.GATEWAY, "POST /v1/events", KeyKind.ALL).join().statusCode())
                .isEqualTo(204);
        await().atMost(SOON)
                .until(() -> send(Service.USAGE_API, "GET /v1/events", KeyKind.ALL)
                                .join()
                                .statusCode()
                        == 200);
        await().atMost(SOON).until(() -> code(send(Service.GATEWAY, "POST /v1/events", KeyKind.EXPIRED)
                        .join())
                .equals("expired_key"));
        // The other services read keys and administrators for themselves, a moment later.
        await().atMost(SOON)
                .until(() -> send(Service.USAGE_API, "GET /v1/stats", KeyKind.ADMIN)
                                        .join()
                                        .statusCode()
                                == 200
                        && send(Service.SINK, "POST /deliveries/{id}/redeliver", KeyKind.ADMIN)
                                        .join()
                                        .statusCode()
                                == 404);
        await().atMost(SOON).until(() -> code(send(Service.USAGE_API, "GET /v1/stats", KeyKind.GONE)
                        .join())
                .matches(".*company.*"));
    }

    @Test
    void everyRouteHasARowAndEveryRowARoute() {
        for (Service service : Service.values()) {
            assertThat(new TreeSet<>(table.of(service).keySet()))
                    .as("routes of %s in %s", service.title(), RouteTable.PAGE)
                    .isEqualTo(ServedRoutes.of(stack.context(service)));
        }
    }

    @Test
    void everyRouteAnswersEveryKindOfKeyAsThePageSays() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<String> answered = new ArrayList<>();
        for (Service service : Service.values()) {
            answered.add("## " + service.title());
            for (String route : ServedRoutes.of(stack.context(service))) {
                Map<KeyKind, Integer> expected = table.of(service).getOrDefault(route, Map.of());
                Map<KeyKind, Integer> found = new EnumMap<>(KeyKind.class);
                answers(service, route).forEach((kind, answer) -> {
                    found.put(kind, answer.statusCode());
                    String objection = objection(service, route, kind, answer);
                    if (objection != null) {
                        wrong.add(service.title() + " " + route + " with " + kind.column() + ": " + objection);
                    }
                });
                answered.add(RouteTable.row(route, found));
                if (!found.equals(expected)) {
                    wrong.add(service.title() + " " + route + " is\n  " + found + ", and by the page\n  " + expected);
                }
            }
        }
        Files.write(ANSWERED, answered);
        assertThat(wrong).as("%s has what was answered", ANSWERED).isEmpty();
    }

    private static Map<KeyKind, HttpResponse<String>> answers(Service service, String route) {
        Map<KeyKind, CompletableFuture<HttpResponse<String>>> sent = new LinkedHashMap<>();
        for (KeyKind kind : KeyKind.values()) {
            sent.put(kind, send(service, route, kind));
        }
        Map<KeyKind, HttpResponse<String>> answers = new EnumMap<>(KeyKind.class);
        sent.forEach((kind, answer) -> answers.put(kind, answer.join()));
        return answers;
    }

    /** What is wrong with how a caller is refused; null: nothing. */
    private static @Nullable String objection(
            Service service, String route, KeyKind kind, HttpResponse<String> answer) {
        int status = answer.statusCode();
        if (status == 401 && answer.headers().firstValue("www-authenticate").isEmpty()) {
            return "401 without WWW-Authenticate";
        }
        if (!route.startsWith(ServedRoutes.ANY)) {
            String undescribed = Objects.requireNonNull(CONTRACTS.get(service)).objectionTo(route, answer);
            if (!undescribed.isEmpty()) {
                return undescribed;
            }
        }
        // OTLP has problems of its own.
        if (status < 400 || route.contains(" /actuator") || route.endsWith(" /v1/traces")) {
            return null;
        }
        if (!answer.headers().firstValue("content-type").orElse("").startsWith("application/problem+json")) {
            return status + " is no problem document: " + answer.headers().map() + answer.body();
        }
        JsonNode problem = JsonMapper.shared().readTree(answer.body());
        if (problem.path("status").asInt() != status
                || problem.path("title").asString("").isBlank()
                || problem.path("instance").asString("").isBlank()
                || !problem.path("type").asString("").equals("urn:tollgate:problem:" + code(answer))) {
            return "not whole: " + answer.body();
        }
        Set<String> known = table.codes(service, route).getOrDefault(kind, Set.of());
        return (status == 401 || status == 403) && !known.contains(code(answer))
                ? status + " says " + code(answer) + ", and by the page one of " + known
                : null;
    }

    private static CompletableFuture<HttpResponse<String>> send(Service service, String route, KeyKind kind) {
        HttpRequest.Builder request = calls.request(service, route, kind).timeout(SOON);
        if (kind == KeyKind.MALFORMED) {
            request.header("Authorization", "Basic " + SECRETS.get(KeyKind.ALL));
        } else if (!NO_KEY.contains(kind)) {
            request.header("Authorization", "Bearer " + Objects.requireNonNull(SECRETS.get(kind)));
        }
        return HTTP.sendAsync(request.build(), BodyHandlers.ofString());
    }

    private static String code(HttpResponse<String> answer) {
        return answer.body().isEmpty()
                ? ""
                : JsonMapper.shared().readTree(answer.body()).path("code").asString("");
    }

    private static JsonNode key(TollgateClient client, String company, String more) throws Exception {
        return client.post("keys", "{\"company\":\"" + company + "\",\"name\":\"rk\"," + more + "}");
    }

    private static String secret(JsonNode key) {
        return key.path("secret").asString();
    }

    private static void delete(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(stack.endpoints().gateway().resolve("/admin/v1/" + path))
                .DELETE()
                .header("Authorization", "Bearer " + stack.adminToken())
                .build();
        assertThat(HTTP.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(204);
    }

    /** One that is open, of the first company. */
    private static String reservation(String secret) {
        URI admissions = stack.endpoints().gateway().resolve("/v1/admissions");
        HttpRequest request = HttpRequest.newBuilder(admissions)
                .POST(BodyPublishers.ofString(RouteCalls.ADMISSION))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + secret)
                .build();
        String body = HTTP.sendAsync(request, BodyHandlers.ofString()).join().body();
        return JsonMapper.shared().readTree(body).path("reservation").asString();
    }
}
