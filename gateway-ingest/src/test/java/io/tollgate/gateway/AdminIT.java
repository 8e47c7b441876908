package io.tollgate.gateway;

import static io.tollgate.gateway.GatewayStack.json;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.schemas.PriceKey;
import io.tollgate.schemas.topic.Topics;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class AdminIT {
    private static final String ACME = "{\"name\":\"Acme\",\"currency\":\"EUR\",\"timezone\":\"Europe/Berlin\","
            + "\"labels\":{\"tier\":\"gold\"}}";

    private static GatewayStack stack;
    private static GatewayClient gateway;

    @BeforeAll
    static void start(@TempDir Path folder) {
        stack = GatewayStack.start(folder);
        gateway = stack.client();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void aCompanyIsMadeReadChangedAndEnded() {
        HttpResponse<String> made = gateway.admin("PUT", "companies/life", ACME);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(etag(made)).isEqualTo("\"1\"");
        JsonNode read = json(gateway.admin("GET", "companies/life", ""));
        assertThat(read).isEqualTo(json(made));
        assertThat(read.path("timezone").asString()).isEqualTo("Europe/Berlin");
        assertThat(read.at("/labels/tier").asString()).isEqualTo("gold");

        assertThat(etag(gateway.admin("PUT", "companies/life", ACME))).isEqualTo("\"1\"");
        HttpResponse<String> changed =
                gateway.admin("PUT", "companies/life", "{\"name\":\"New\"}", "if-match", "\"1\"");
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(etag(changed)).isEqualTo("\"2\"");
        assertThat(json(changed).path("created_at")).isEqualTo(read.path("created_at"));
        assertProblem(
                gateway.admin("PUT", "companies/life", "{\"name\":\"Late\"}", "if-match", "\"1\""),
                412,
                "version_mismatch");
        assertProblem(gateway.admin("PUT", "companies/life", ACME, "if-none-match", "*"), 412, "version_mismatch");

        assertThat(gateway.admin("DELETE", "companies/life", "").statusCode()).isEqualTo(204);
        assertProblem(gateway.admin("GET", "companies/life", ""), 404, "not_found");
        assertProblem(gateway.admin("DELETE", "companies/life", ""), 404, "not_found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                   | /name     | missing",
                "{\"name\":7}                         | /name     | invalid",
                "{\"name\":\"A\",\"currency\":\"usd\"}| /currency | invalid",
                "{\"name\":\"A\",\"timezone\":\"Mars\"} | /timezone | invalid",
                "{\"name\":\"A\",\"labels\":{\"a\":1}}| /labels/a | invalid",
                "{\"name\":\"A\",\"nmae\":\"B\"}      | /nmae     | unknown_member",
                "[]                                   | ''        | invalid",
            })
    void whatIsWrongWithACompanyIsPointedTo(String body, String pointer, String code) {
        HttpResponse<String> response = gateway.admin("PUT", "companies/wrong", body);
        assertProblem(response, 422, "invalid");
        assertThat(json(response).at("/errors/0/pointer").asString()).isEqualTo(pointer);
        assertThat(json(response).at("/errors/0/code").asString()).isEqualTo(code);
        assertThat(gateway.admin("GET", "companies/wrong", "").statusCode()).isEqualTo(404);
    }

    @Test
    void whatIsNoJsonIsUnreadable() {
        assertProblem(gateway.admin("PUT", "companies/wrong", "{\"name\":"), 400, "unreadable_body");
        assertProblem(
                gateway.admin("PUT", "companies/wrong", "{\"name\":\"a\",\"name\":\"b\"}"), 400, "unreadable_body");
        assertProblem(gateway.admin("POST", "keys", ""), 400, "unreadable_body");
    }

    @Test
    void listsComeInPages() {
        for (int i = 0; i < 5; i++) {
            gateway.admin("PUT", "companies/page-" + i, "{\"name\":\"p\"}");
        }
        JsonNode first = json(gateway.admin("GET", "companies?limit=2&cursor=cGFnZQ", ""));
        assertThat(ids(first)).containsExactly("page-0", "page-1");
        JsonNode second = json(gateway.admin(
                "GET", "companies?limit=2&cursor=" + first.path("next_cursor").asString(), ""));
        assertThat(ids(second)).containsExactly("page-2", "page-3");
        assertProblem(gateway.admin("GET", "companies?limit=0", ""), 400, "invalid_parameter");
        assertProblem(gateway.admin("GET", "companies?cursor=***", ""), 400, "invalid_parameter");
        assertProblem(gateway.admin("GET", "companies?lable=a:b", ""), 400, "invalid_parameter");
        assertProblem(gateway.admin("GET", "companies?name=p&name=q", ""), 400, "invalid_parameter");
    }

    @Test
    void aDocumentOfTheWholeConfigurationIsDiffedAppliedInOneVersionAndGoneBackFrom() {
        new ConfigScenario(gateway).aDocumentIsDiffedAppliedInOneVersionAndGoneBackFrom();
    }

    @Test
    void whoeverDiffedADocumentBeforeAnothersChangeIsRefused() {
        new ConfigScenario(gateway).whoeverDiffedBeforeAnothersChangeIsRefused();
    }

    @Test
    void anOperatorsDocumentHasNoAdministrators() {
        new ConfigScenario(gateway).anOperatorsDocumentHasNoAdministrators();
    }

    @Test
    void whatIsWrongWithADocumentIsPointedToAndNothingOfItIsDone() {
        new ConfigScenario(gateway).whatIsWrongWithADocumentIsPointedToAndNothingOfItIsDone();
    }

    @Test
    void aKeyShowsItsSecretOnce() {
        gateway.admin("PUT", "companies/keyed", ACME);
        HttpResponse<String> made = gateway.admin(
                "POST",
                "keys",
                "{\"company\":\"keyed\",\"user\":null,\"name\":\"search prod\",\"scopes\":[\"ingest\",\"admission\"],"
                        + "\"models\":[\"*\"],\"expires_at\":null,\"labels\":{\"team\":\"search\"},\"metadata\":{}}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        JsonNode key = json(made);
        String secret = key.path("secret").asString();
        assertThat(secret)
                .startsWith("tg_")
                .hasSize(67)
                .startsWith(key.path("prefix").asString());
        assertThat(key.path("prefix").asString()).hasSize(8);
        String id = key.path("id").asString();
        HttpResponse<String> read = gateway.admin("GET", "keys/" + id, "");
        assertThat(read.body()).doesNotContain("\"secret\"").doesNotContain(secret);
        assertThat(gateway.admin("GET", "keys?company=keyed", "").body())
                .contains(id)
                .doesNotContain(secret);
        assertThat(stack.read(Topics.CONFIG_KEYS))
                .noneMatch(record -> new String(record.value(), ISO_8859_1).contains(secret));

        HttpResponse<String> rotated = gateway.admin("POST", "keys/" + id + "/rotate", "");
        assertThat(rotated.statusCode()).isEqualTo(200);
        assertThat(json(rotated).path("id").asString()).isEqualTo(id);
        String newSecret = json(rotated).path("secret").asString();
        assertThat(newSecret).isNotEqualTo(secret);
        assertThat(gateway.events(secret, "application/json", "[]").statusCode())
                .isEqualTo(401);
        assertThat(gateway.events(newSecret, "application/json", "[]").statusCode())
                .isEqualTo(204);

        assertThat(gateway.admin("DELETE", "keys/" + id, "").statusCode()).isEqualTo(204);
        assertThat(gateway.admin("DELETE", "keys/" + id, "").statusCode()).isEqualTo(204);
        assertThat(json(gateway.admin("GET", "keys/" + id, ""))
                        .path("revoked_at")
                        .isString())
                .isTrue();
        assertProblem(gateway.admin("POST", "keys/" + id + "/rotate", ""), 409, "revoked_key");
        assertProblem(gateway.admin("GET", "keys/key_none", ""), 404, "not_found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"company\":\"nobody\",\"name\":\"k\"}                          | /company    | unknown_company",
                "{\"name\":\"k\"}                                                 | /company    | missing",
                "{\"company\":\"c\"}                                              | /name       | missing",
                "{\"company\":\"c\",\"name\":\"k\",\"scopes\":[\"root\"]}         | /scopes/0   | invalid",
                "{\"company\":\"c\",\"name\":\"k\",\"scopes\":[]}                 | /scopes     | invalid",
                "{\"company\":\"c\",\"name\":\"k\",\"scopes\":\"ingest\"}         | /scopes     | invalid",
                "{\"company\":\"c\",\"name\":\"k\",\"expires_at\":\"2020-01-01T00:00:00Z\"} | /expires_at | invalid",
                "{\"company\":\"c\",\"name\":\"k\",\"expires_at\":\"soon\"}       | /expires_at | invalid",
                "{\"company\":\"c\",\"name\":\"k\",\"secret\":\"mine\"}           | /secret     | unknown_member",
            })
    void whatIsWrongWithAKeyIsPointedTo(String body, String pointer, String code) {
        gateway.admin("PUT", "companies/c", ACME);
        HttpResponse<String> response = gateway.admin("POST", "keys", body);
        assertProblem(response, 422, "invalid");
        assertThat(json(response).at("/errors/0/pointer").asString()).isEqualTo(pointer);
        assertThat(json(response).at("/errors/0/code").asString()).isEqualTo(code);
    }

    @Test
    void aPriceIsInEveryPartitionWhenItIsAnswered() {
        HttpResponse<String> made =
                gateway.admin("POST", "prices", "[" + price("everywhere", "0.0000025", "2026-01-01") + "]");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        byte[] key = PriceKey.of(null, "openai", "everywhere");
        List<Integer> partitions = stack.read(Topics.CONFIG_PRICES).stream()
                .filter(record -> Arrays.equals(record.key(), key))
                .map(record -> record.partition())
                .toList();
        assertThat(partitions).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void pricesAreReadAsOfATimeAndWithTheirHistory() {
        gateway.admin("PUT", "companies/priced", ACME);
        HttpResponse<String> first = gateway.admin(
                "POST",
                "prices",
                "[" + price("timed", "0.0000025", "2026-01-01")
                        + ",{\"provider\":\"openai\",\"model\":\"timed\",\"dimension\":\"*token\",\"multiplier\":\"1.1\","
                        + "\"when\":{\"region\":\"eu\"},\"effective_from\":\"2026-01-01T00:00:00Z\"}"
                        + ",{\"company\":\"priced\",\"dimension\":\"*\",\"multiplier\":\"1.2\","
                        + "\"effective_from\":\"2026-01-01T00:00:00Z\"}]");
        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        long version = json(first).path("version").asLong();
        JsonNode markup = json(first).at("/items/2");
        assertThat(markup.path("provider").asString()).isEqualTo("*");
        assertThat(markup.path("model").asString()).isEqualTo("*");
        assertThat(json(first).at("/items/0/unit_price").asString()).isEqualTo("0.0000025");

        HttpResponse<String> second =
                gateway.admin("POST", "prices", "[" + price("timed", "0.000002", "2026-06-01") + "]");
        assertThat(json(second).path("version").asLong()).isGreaterThan(version);
        assertThat(pricesAt("2026-03-01T00:00:00Z")).containsExactly("0.0000025");
        assertThat(pricesAt("2026-06-01T00:00:00Z")).containsExactly("0.000002");
        assertThat(pricesAt("2025-12-31T00:00:00Z")).isEmpty();
        assertThat(json(gateway.admin("GET", "prices/history?provider=openai&model=timed", ""))
                        .path("items"))
                .hasSize(3);
        assertThat(json(gateway.admin("GET", "prices?company=priced", "")).path("items"))
                .hasSize(1);

        HttpResponse<String> again =
                gateway.admin("POST", "prices", "[" + price("timed", "0.000002", "2026-06-01") + "]");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(json(again).path("items")).isEqualTo(json(second).path("items"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"unit_price\":\"1\"    | \"unit_price\":\"-1\"                       | /1/unit_price",
                "\"unit_price\":\"1\"    | \"unit_price\":1e400                        | /1/unit_price",
                "\"unit_price\":\"1\"    | \"unit_price\":\"1e-25\"                    | /1/unit_price",
                "\"unit_price\":\"1\"    | \"multiplier\":\"0\"                        | /1/multiplier",
                "\"unit_price\":\"1\"    | \"x\":1                                     | /1/x",
                "\"currency\":\"USD\",   | ''                                          | /1/currency",
                "\"provider\":\"openai\",| ''                                          | /1/provider",
                "\"model\":\"bad\",      | \"model\":\"*bad\",                         | /1/model",
                "\"unit_price\":\"1\"    | \"alias_of\":{\"provider\":\"openai\"}      | /1/alias_of",
                "\"unit_price\":\"1\"    | \"alias_of\":{\"provider\":\"openai\",\"model\":\"bad\"} | /1/alias_of",
                "\"unit_price\":\"1\"    | \"alias_of\":{\"provider\":\"a\",\"model\":\"b\"} | /1/currency",
                "\"effective_from\":\"2026-01-01T00:00:00Z\" | \"effective_to\":null | /1/effective_from",
                "\"currency\":\"USD\"    | \"currency\":\"USD\",\"company\":\"nobody\" | /1/company",
                "\"currency\":\"USD\"    | \"currency\":\"USD\",\"effective_to\":\"2025-01-01T00:00:00Z\" | /1/effective_to",
            })
    void oneWrongPriceAndNoneGoesIn(String part, String replacement, String pointer) {
        String wrong = price("bad", "1", "2026-01-01").replace(part, replacement);
        HttpResponse<String> response =
                gateway.admin("POST", "prices", "[" + price("bad", "1", "2026-01-01") + "," + wrong + "]");
        assertProblem(response, 422, "invalid");
        assertThat(json(response).path("errors"))
                .anyMatch(error -> error.path("pointer").asString().equals(pointer));
        assertThat(json(gateway.admin("GET", "prices/history?model=bad", "")).path("items"))
                .isEmpty();
    }

    @Test
    void anotherPriceForTheSameTimeIsRefused() {
        assertThat(gateway.admin("POST", "prices", "[" + price("twice", "1", "2026-01-01") + "]")
                        .statusCode())
                .isEqualTo(201);
        HttpResponse<String> response = gateway.admin("POST", "prices", "[" + price("twice", "2", "2026-01-01") + "]");
        assertProblem(response, 422, "invalid");
        assertThat(json(response).at("/errors/0/code").asString()).isEqualTo("overlaps");
    }

    @Test
    void withoutTheTokenNothingIsTold() {
        HttpRequest.Builder bare =
                HttpRequest.newBuilder(gateway.uri("/admin/v1/companies")).GET();
        HttpResponse<String> response = gateway.send(bare);
        assertProblem(response, 401, "missing_token");
        assertThat(response.headers().firstValue("www-authenticate")).isPresent();
        assertProblem(gateway.send(bare.header("authorization", "Bearer guess")), 401, "unknown_token");
    }

    @Test
    void aQuoteSaysWhatAUsageWouldCostAndWhyAndLeavesNoTrace() {
        gateway.admin("POST", "prices", "[" + price("quoted", "0.0000025", "2026-01-01") + "]");
        String usage = "{\"provider\":\"openai\",\"model\":\"quoted\",\"dimensions\":{\"input\":1200}";

        JsonNode priced = json(gateway.admin("POST", "prices/quote", usage + "}"));
        assertThat(priced.path("status").asString()).as("%s", priced).isEqualTo("priced");
        assertThat(priced.path("cost").asString()).isEqualTo("0.003");
        assertThat(priced.at("/lines/0/price_match").asString()).isEqualTo("exact");
        JsonNode before = json(gateway.admin("POST", "prices/quote", usage + ",\"at\":\"2025-12-31T23:59:59Z\"}"));
        assertThat(before.path("status").asString()).isEqualTo("unpriced");
        assertThat(before.path("code").asString()).isEqualTo("no_price");
        JsonNode body = json(gateway.admin(
                "POST",
                "prices/quote",
                "{\"model\":\"quoted\",\"format\":\"openai.chat\",\"response\":{\"usage\":"
                        + "{\"prompt_tokens\":1200,\"completion_tokens\":0,\"total_tokens\":1200}}}"));
        assertThat(body.path("cost").asString()).as("%s", body).isEqualTo("0.003");
        JsonNode wrong = json(gateway.admin("POST", "prices/quote", usage.replace("1200", "-1") + "}"));
        assertThat(wrong.at("/errors/0/pointer").asString()).isEqualTo("/dimensions/input");
        JsonNode unknown = json(gateway.admin("POST", "prices/quote", usage + ",\"company\":\"nobody\"}"));
        assertThat(unknown.at("/errors/0/code").asString()).isEqualTo("unknown_company");
    }

    @Test
    void aPriceThatBeginsWithNullHoldsForAlways() {
        String always = price("always", "0.5", "2026-01-01").replace("\"2026-01-01T00:00:00Z\"", "null");
        assertThat(gateway.admin("POST", "prices", "[" + always + "]").statusCode())
                .isEqualTo(201);
        assertThat(quotedLine("openai", "always", "1999-12-31T00:00:00Z")).isEqualTo("0.5 exact");
    }

    @Test
    void aliasesAndPatternsArePostedLikePricesAndDecideAtOnce() {
        String alias = "{\"provider\":\"azure\",\"model\":\"eu-chat\",\"effective_from\":\"2026-01-01T00:00:00Z\","
                + "\"alias_of\":{\"provider\":\"openai\",\"model\":\"aliased\"}}";
        HttpResponse<String> posted = gateway.admin(
                "POST",
                "prices",
                "[" + price("aliased", "0.5", "2026-01-01") + "," + price("likely-*", "0.25", "2026-01-01") + ","
                        + alias + "]");
        assertThat(posted.statusCode()).as(posted.body()).isEqualTo(201);
        assertThat(json(posted).at("/items/2/alias_of/model").asString()).isEqualTo("aliased");

        assertThat(quotedLine("azure", "eu-chat", "2026-03-15T12:00:00Z")).isEqualTo("0.5 alias");
        assertThat(quotedLine("openai", "likely-1", "2026-03-15T12:00:00Z")).isEqualTo("0.25 prefix");
    }

    private static String quotedLine(String provider, String model, String at) {
        String usage = "{\"provider\":\"" + provider + "\",\"model\":\"" + model
                + "\",\"dimensions\":{\"input\":1},\"at\":\"" + at + "\"}";
        JsonNode line =
                json(gateway.admin("POST", "prices/quote", usage)).path("lines").path(0);
        return line.path("cost").asString() + " " + line.path("price_match").asString();
    }

    @Test
    void aKeyThatReadsGetsQuotesOfItsOwnCompanyOnly() {
        String reader = gateway.key("quoting", "read");
        String other = gateway.key("quoting", "ingest");
        String usage = "{\"provider\":\"p\",\"model\":\"m\",\"dimensions\":{\"input\":1}";

        assertThat(quote(reader, usage + "}").statusCode()).isEqualTo(200);
        assertProblem(quote(reader, usage + ",\"company\":\"acme\"}"), 403, "other_company");
        assertProblem(quote(other, usage + "}"), 403, "scope_missing");
        assertProblem(quote("guess", usage + "}"), 401, "unknown_token");
    }

    private static HttpResponse<String> quote(String key, String body) {
        return gateway.send(HttpRequest.newBuilder(gateway.uri("/admin/v1/prices/quote"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + key));
    }

    private static List<String> pricesAt(String time) {
        JsonNode items = json(gateway.admin("GET", "prices?provider=openai&model=timed&at=" + time, ""))
                .path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .filter(item -> item.path("unit_price").isString())
                .map(item -> item.path("unit_price").asString())
                .toList();
    }

    private static List<String> ids(JsonNode page) {
        return StreamSupport.stream(page.path("items").spliterator(), false)
                .map(item -> item.path("id").asString())
                .collect(Collectors.toList());
    }

    private static String etag(HttpResponse<String> response) {
        return response.headers().firstValue("etag").orElse("");
    }

    private static String price(String model, String unitPrice, String from) {
        return "{\"provider\":\"openai\",\"model\":\"" + model + "\",\"dimension\":\"input\",\"unit\":\"token\","
                + "\"unit_price\":\"" + unitPrice + "\",\"currency\":\"USD\",\"tier_from\":0,\"tier_inclusive\":false,"
                + "\"tier_basis\":\"input_tokens\",\"service_tier\":\"standard\",\"region\":null,\"variant\":null,"
                + "\"time_window_utc\":null,\"effective_from\":\"" + from + "T00:00:00Z\"}";
    }

    private static void assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(json(response).path("code").asString()).isEqualTo(code);
        assertThat(json(response).path("instance").asString()).isNotBlank();
    }
}
