package io.tollgate.standalone;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.avro.Submission;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.avro.Usage;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.SchemaRegistry;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.standalone.client.Endpoints;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two companies with the same event ids, users and labels. All that is the first one's own says {@value #OURS}, and that
 * word must never be in an answer to the second.
 */
@ExtendWith(SharedStack.class)
class TenantsIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String OURS = "ours-alone";
    private static final String THEIRS = "theirs-alone";
    private static final String ALL = "\"ingest\",\"correct\",\"admission\",\"read\"";
    /** Where the first company has nothing that says its word, but counts alone. */
    private static final Set<String> WITHOUT_WORD =
            Set.of("/v1/balance", "/v1/balance/minutes", "/v1/exports/usage/manifest", "/v1/whoami");

    /** Not for keys at all. */
    private static final Set<String> ADMINISTRATORS_ONLY = Set.of("/v1/audit");

    private static final Map<String, String> QUERIES = Map.of(
            "/v1/stats",
            "group_by=company,user,auth_id,provider,model,label:team",
            "/v1/forecast",
            "group_by=company,user,auth_id,provider,model,label:team",
            "/v1/events",
            "source=svc&id=same-1");

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static TestStack stack;
    private static Endpoints at;
    private static TollgateClient admin;
    private static Tenant first;
    private static Tenant second;

    /** A company and its keys; {@code bound} is user-7's. */
    private record Tenant(String company, String word, String keyId, String key, String bound) {}

    @BeforeAll
    static void useBoth(TestStack shared) throws Exception {
        stack = shared;
        at = stack.endpoints();
        admin = new TollgateClient(at.gateway(), at.usageApi(), stack.adminToken());
        first = tenant("tenant-one", OURS, "7");
        second = tenant("tenant-two", THEIRS, "1");
        for (Tenant tenant : List.of(first, second)) {
            for (String id : List.of("same-1", "same-2")) {
                assertThat(event(tenant.key, usage(id, "user-1", tenant.word, "", 1)))
                        .isEqualTo(204);
            }
            assertThat(event(tenant.key, usage("same-3", "user-1", tenant.word + "-unpriced", "", 1)))
                    .isEqualTo(204);
            RecordSender.send(at, Topics.USAGE_INBOX, withoutProvider(tenant));
        }
        for (Tenant tenant : List.of(first, second)) {
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(cost(tenant, "same-2")).isNotEqualTo("");
                assertThat(read(tenant.key, "/v1/alerts").body()).contains(tenant.word);
                assertThat(read(tenant.key, "/v1/unpriced").body()).contains(tenant.word);
                assertThat(read(tenant.key, "/v1/quotas").body()).contains(tenant.word);
                assertThat(read(tenant.key, "/v1/dead-letters").body()).contains(tenant.word);
            });
        }
    }

    /** A submission that dies at the door. */
    private static byte[] withoutProvider(Tenant tenant) {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        return AvroCodec.<Submission>of(
                        Topics.USAGE_INBOX, new SchemaRegistry(at.registry().toString()))
                .encode(Submission.newBuilder()
                        .setCompany(tenant.company)
                        .setKind(SubmissionKind.USAGE)
                        .setSource("svc")
                        .setId(tenant.word)
                        .setReceivedAt(now)
                        .setUsage(Usage.newBuilder()
                                .setEventTime(now)
                                .setProvider("")
                                .setModel(tenant.word)
                                .setDimensions(List.of())
                                .build())
                        .build());
    }

    private static Tenant tenant(String company, String word, String price) throws Exception {
        admin.putCompany(company);
        admin.postPrices(List.of("{\"provider\":\"openai\",\"model\":\"" + word + "\",\"dimension\":\"input\","
                + "\"unit\":\"token\",\"unit_price\":\"" + price
                + "\",\"currency\":\"USD\",\"effective_from\":\"2020-01-01T00:00:00Z\"},"
                + "{\"company\":\"" + company + "\",\"provider\":\"openai\",\"model\":\"same-model\","
                + "\"dimension\":\"input\",\"unit\":\"token\",\"unit_price\":\"" + price
                + "\",\"currency\":\"USD\",\"effective_from\":\"2020-01-01T00:00:00Z\"}"));
        admin.put(
                "quotas/" + word + "-day",
                "{\"scope\":{\"company\":\"" + company
                        + "\",\"user\":\"*\"},\"metric\":\"requests\",\"limit\":\"1000\"," + "\"period\":\"day\"}");
        admin.put(
                "alert-rules/" + word + "-spend",
                "{\"scope\":{\"company\":\"" + company
                        + "\"},\"kind\":\"spend\",\"thresholds\":[\"1\"],\"window\":\"day\"}");
        JsonNode key = key(company, word, "");
        JsonNode bound = key(company, word + "-bound", ",\"user\":\"user-7\"");
        return new Tenant(
                company,
                word,
                key.path("id").asString(),
                key.path("secret").asString(),
                bound.path("secret").asString());
    }

    @Test
    void whateverAKeyAsksItReadsItsOwnCompanyAlone() throws Exception {
        List<String> paths = ServedRoutes.of(stack.context(Service.USAGE_API)).stream()
                .filter(route -> route.startsWith("GET /v1/"))
                // A stream has no end to read to.
                .filter(route -> !route.equals("GET /v1/live"))
                .map(route -> route.substring("GET ".length()))
                .toList();
        assertThat(paths).contains("/v1/stats", "/v1/events");
        JsonNode document = json(read(first.key, "/openapi.json"));
        String letter =
                json(read(first.key, "/v1/dead-letters")).at("/items/0/id").asString();
        for (String path : paths) {
            String plain = path.replace("{id}", letter) + "?"
                    + (path.startsWith("/v1/exports/")
                            ? "period=" + YearMonth.now(ZoneOffset.UTC)
                            : QUERIES.getOrDefault(path, ""));
            String own = read(first.key, plain).body();
            if (!WITHOUT_WORD.contains(path) && !ADMINISTRATORS_ONLY.contains(path)) {
                assertThat(own).as("the first company's own %s", path).contains(OURS);
            }
            List<String> attempts = new ArrayList<>(List.of(plain));
            for (JsonNode parameter :
                    document.path("paths").path(path).path("get").path("parameters")) {
                for (String value : guesses(parameter.path("name").asString(), plain)) {
                    attempts.add(plain + "&" + parameter.path("name").asString() + "="
                            + URLEncoder.encode(value, StandardCharsets.UTF_8));
                }
            }
            for (String attempt : attempts) {
                HttpResponse<String> answer = read(second.key, attempt);
                assertThat(answer.statusCode()).as(attempt).isBetween(200, 499);
                if (ADMINISTRATORS_ONLY.contains(path)) {
                    assertThat(answer.statusCode()).as(attempt).isEqualTo(403);
                }
                // A problem repeats what was asked.
                String body = answer.statusCode() >= 400 ? answer.body().replace(OURS, "") : answer.body();
                assertThat(body).as(attempt).doesNotContain(OURS, first.keyId);
                if (attempt.contains("company=" + first.company)) {
                    assertThat(answer.statusCode()).as(attempt).isIn(403, 400);
                }
            }
        }
    }

    /** What the second company might know or guess of the first, its cursors among it. */
    private static List<String> guesses(String parameter, String plain) throws Exception {
        return switch (parameter) {
            case "company" -> List.of(first.company, "*", "%", second.company + "," + first.company);
            case "cursor" -> {
                String cursor = json(read(first.key, plain + "&limit=1"))
                        .path("next_cursor")
                        .asString("");
                String asAdmin = json(read(stack.adminToken(), plain + "&limit=1"))
                        .path("next_cursor")
                        .asString("");
                yield List.of(cursor, asAdmin);
            }
            case "key", "auth_id" -> List.of(first.keyId);
            case "model" -> List.of(OURS, OURS + "-unpriced");
            case "quota" -> List.of(OURS + "-day");
            case "rule" -> List.of(OURS + "-spend");
            case "id" -> List.of(OURS + "-day", "same-1");
            case "user" -> List.of("user-1", "user-7");
            case "group_by" -> List.of("company,auth_id,model");
            default -> List.of();
        };
    }

    @Test
    void theSameIdsAreEventsOfTheirOwn() throws Exception {
        assertThat(cost(first, "same-1")).isEqualTo("7");
        assertThat(cost(second, "same-1")).isEqualTo("1");
        JsonNode balance = json(read(second.key, "/v1/balance"));
        assertThat(balance.path("company").asString()).isEqualTo(second.company);
    }

    @Test
    void aCorrectionReachesItsOwnCompanyOnly() throws Exception {
        assertThat(event(first.key, usage("corrected", "user-1", OURS, "", 1))).isEqualTo(204);
        await().atMost(SOON).until(() -> cost(first, "corrected").equals("7"));
        assertThat(event(second.key, voidOf("corrected"))).isEqualTo(204);
        assertThat(event(
                        second.key,
                        "{\"specversion\":\"1.0\",\"id\":\"amend-corrected\",\"source\":\"svc\",\"type\":\"tollgate.amend.v1\","
                                + "\"data\":{\"source\":\"svc\",\"id\":\"corrected\",\"revision\":2,\"data\":{\"provider\":\"openai\","
                                + "\"model\":\"" + THEIRS + "\",\"dimensions\":{\"input\":1}}}}"))
                .isEqualTo(204);
        assertThat(event(second.key, voidOf("same-2"))).isEqualTo(204);
        await().atMost(SOON).until(() -> cost(second, "same-2").equals("0"));
        assertThat(cost(first, "same-2")).isEqualTo("7");
        JsonNode event = json(read(first.key, "/v1/events?source=svc&id=corrected"));
        assertThat(event.path("cost").asString()).isEqualTo("7");
        assertThat(event.path("history")).hasSize(1);
    }

    @Test
    void aReservationIsItsOwnCompanysOnly() throws Exception {
        String reservation =
                json(admit(first.key, "user-1")).path("reservation").asString();
        for (String method : List.of("GET", "DELETE")) {
            HttpResponse<String> theirs = call(second.key, method, at.gateway(), "/v1/admissions/" + reservation, "");
            assertThat(theirs.statusCode()).isEqualTo(404);
            assertThat(theirs.body()).doesNotContain(first.company, OURS);
        }
        // Nor does usage settle it that names it from elsewhere.
        assertThat(event(second.key, usage("settles", "user-1", THEIRS, reservation, 1)))
                .isEqualTo(204);
        await().atMost(SOON).until(() -> cost(second, "settles").equals("1"));
        assertThat(call(first.key, "GET", at.gateway(), "/v1/admissions/" + reservation, "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(event(first.key, usage("settles", "user-1", OURS, reservation, 1)))
                .isEqualTo(204);
        await().atMost(SOON)
                .until(() -> call(first.key, "GET", at.gateway(), "/v1/admissions/" + reservation, "")
                                .statusCode()
                        == 404);
    }

    @Test
    void aKeyOfAUserWritesAndAsksForThatUserWhateverIsSaid() throws Exception {
        String intruder = "user-intruder";
        assertThat(event(first.bound, usage("bound-1", intruder, OURS, "", 1))).isEqualTo(204);
        assertThat(call(
                                first.bound,
                                "POST",
                                at.gateway(),
                                "/v1/vendor/openai.chat",
                                "{\"id\":\"c\",\"model\":\"" + OURS + "\",\"usage\":{\"prompt_tokens\":1,"
                                        + "\"completion_tokens\":0,\"total_tokens\":1}}",
                                "Idempotency-Key",
                                "bound-2",
                                "x-user",
                                intruder)
                        .statusCode())
                .isEqualTo(204);
        assertThat(call(
                                first.bound,
                                "POST",
                                at.gateway(),
                                "/v1/litellm",
                                "[{\"id\":\"chatcmpl-bound-0123456789\",\"status\":\"success\",\"call_type\":\"acompletion\","
                                        + "\"custom_llm_provider\":\"openai\",\"model\":\"" + OURS
                                        + "\",\"end_user\":\""
                                        + intruder
                                        + "\",\"prompt_tokens\":1,\"completion_tokens\":0,\"total_tokens\":1}]")
                        .statusCode())
                .isEqualTo(204);
        assertThat(call(first.bound, "POST", at.gateway(), "/v1/traces", span(intruder))
                        .statusCode())
                .isEqualTo(200);
        assertThat(json(admit(first.bound, intruder)).at("/quotas/0/user").asString())
                .isEqualTo("user-7");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(requestsByUser(first)).containsEntry("user-7", "4"));
        assertThat(requestsByUser(first)).doesNotContainKey(intruder);
    }

    @Test
    void aCompanysOwnPricesAreQuotedToItselfOnly() throws Exception {
        String usage = "{\"provider\":\"openai\",\"model\":\"same-model\",\"dimensions\":{\"input\":1}";
        assertThat(quote(first.key, usage + "}").path("cost").asString()).isEqualTo("7");
        assertThat(quote(second.key, usage + "}").path("cost").asString()).isEqualTo("1");
        assertThat(quote(second.key, usage + ",\"company\":\"" + first.company + "\"}")
                        .path("code")
                        .asString())
                .isEqualTo("other_company");
    }

    private static Map<String, String> requestsByUser(Tenant tenant) throws Exception {
        JsonNode rows = json(read(tenant.key, "/v1/stats?group_by=user")).path("rows");
        return StreamSupport.stream(rows.spliterator(), false)
                .collect(toMap(
                        row -> row.path("user").asString(""),
                        row -> row.path("requests").asString(),
                        (a, b) -> a + "," + b));
    }

    private static String cost(Tenant tenant, String id) throws Exception {
        HttpResponse<String> answer = read(tenant.key, "/v1/events?source=svc&id=" + id);
        return answer.statusCode() == 200 ? json(answer).path("cost").asString("") : "";
    }

    private static JsonNode quote(String key, String body) throws Exception {
        return json(call(key, "POST", at.gateway(), "/admin/v1/prices/quote", body));
    }

    private static HttpResponse<String> admit(String key, String user) throws Exception {
        return call(
                key,
                "POST",
                at.gateway(),
                "/v1/admissions",
                "{\"user\":\"" + user + "\",\"provider\":\"openai\",\"model\":\"" + OURS
                        + "\",\"estimate\":{\"input\":1}}");
    }

    private static int event(String key, String body) throws Exception {
        return call(key, "POST", at.gateway(), "/v1/events", body).statusCode();
    }

    private static String usage(String id, String user, String model, String reservation, int input) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"svc\",\"type\":\"tollgate.usage.v1\","
                + "\"subject\":\"" + user + "\",\"data\":{\"provider\":\"openai\",\"model\":\"" + model
                + "\",\"dimensions\":{\"input\":" + input + "},\"labels\":{\"team\":\"search\"}"
                + (reservation.isEmpty() ? "" : ",\"reservation\":\"" + reservation + "\"") + "}}";
    }

    private static String voidOf(String id) {
        return "{\"specversion\":\"1.0\",\"id\":\"void-" + id + "\",\"source\":\"svc\",\"type\":\"tollgate.void.v1\","
                + "\"data\":{\"source\":\"svc\",\"id\":\"" + id + "\",\"reason\":\"not mine\"}}";
    }

    private static String span(String user) {
        String now = Instant.now().getEpochSecond() + "000000000";
        String attribute = "{\"key\":\"%s\",\"value\":{\"%s\":\"%s\"}}";
        String attributes = String.join(
                ",",
                attribute.formatted("gen_ai.operation.name", "stringValue", "chat"),
                attribute.formatted("gen_ai.provider.name", "stringValue", "openai"),
                attribute.formatted("gen_ai.request.model", "stringValue", OURS),
                attribute.formatted("gen_ai.usage.input_tokens", "intValue", "1"),
                attribute.formatted("user.id", "stringValue", user),
                attribute.formatted("enduser.id", "stringValue", user));
        return "{\"resourceSpans\":[{\"resource\":{\"attributes\":["
                + attribute.formatted("service.name", "stringValue", "svc")
                + "]},\"scopeSpans\":[{\"spans\":[{\"traceId\":\"0af7651916cd43dd8448eb211c80319c\","
                + "\"spanId\":\"b7ad6b7169203331\",\"name\":\"chat\",\"kind\":3,\"startTimeUnixNano\":\"" + now
                + "\",\"endTimeUnixNano\":\"" + now + "\",\"attributes\":[" + attributes + "]}]}]}]}";
    }

    private static JsonNode key(String company, String name, String more) throws Exception {
        return admin.post(
                "keys",
                "{\"company\":\"" + company + "\",\"name\":\"" + name + "\",\"scopes\":[" + ALL + "]" + more + "}");
    }

    private static HttpResponse<String> read(String key, String path) throws IOException, InterruptedException {
        return call(key, "GET", at.usageApi(), path, "");
    }

    private static HttpResponse<String> call(
            String key, String method, URI service, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.resolve(path))
                .timeout(SOON)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + key);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
