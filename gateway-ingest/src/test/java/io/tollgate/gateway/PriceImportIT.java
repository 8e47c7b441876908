package io.tollgate.gateway;

import static io.tollgate.gateway.GatewayStack.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.catalog.SharedCatalogues;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
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

class PriceImportIT {
    private static final String ONE =
            """
            {"imported/m-1":{"litellm_provider":"imported","mode":"chat",
              "input_cost_per_token":2e-06,"output_cost_per_token":1e-05,
              "input_cost_per_token_above_200k_tokens":4e-06},
             "imported/free":{"litellm_provider":"imported","input_cost_per_token":0.0},
             "imported/slip":{"litellm_provider":"imported","input_cost_per_token":0.015}}""";

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
    void aCatalogueIsTriedTakenAndTheSecondTimeChangesNothing() {
        JsonNode tried = json(importing("format=litellm&dry_run=true", ONE));
        assertThat(tried.at("/prices/added").asInt()).as("%s", tried).isEqualTo(3);
        assertThat(items("imported", "")).isEmpty();

        HttpResponse<String> taken = importing("format=litellm&effective_from=2026-01-01T00:00:00Z", ONE);
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
        JsonNode report = json(taken);
        assertThat(report.at("/entries/taken").asInt()).isEqualTo(1);
        assertThat(report.at("/skipped/0/code").asString()).isEqualTo("only_zeros");
        assertThat(report.at("/quarantined/0/code").asString()).isEqualTo("unit_error");
        assertThat(items("imported", "")).containsExactlyInAnyOrder("0.000002", "0.000004", "0.00001");

        HttpResponse<String> again = importing("format=litellm", ONE);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(json(again).at("/prices/unchanged").asInt()).isEqualTo(2);
        assertThat(json(again).path("version")).isEqualTo(report.path("version"));
    }

    @Test
    void aMovedPriceIsShownOldAndNewAndTheOldOneStaysReadable() {
        String before = ONE.replace("imported", "moving");
        importing("format=litellm&effective_from=2026-01-01T00:00:00Z", before);
        HttpResponse<String> moved =
                importing("format=litellm&effective_from=2026-06-01T00:00:00Z", before.replace("1e-05", "8e-06"));
        assertThat(json(moved).path("changed")).hasSize(1);
        assertThat(json(moved).at("/changed/0/before").asString()).isEqualTo("0.00001");
        assertThat(json(moved).at("/changed/0/after").asString()).isEqualTo("0.000008");
        assertThat(items("moving", "&at=2026-05-31T23:59:59Z")).contains("0.00001");
        assertThat(items("moving", "&at=2026-06-01T00:00:00Z"))
                .contains("0.000008")
                .doesNotContain("0.00001");

        JsonNode far = json(importing("format=litellm", before.replace("1e-05", "1e-07")));
        assertThat(far.path("changed")).isEmpty();
        assertThat(far.path("quarantined"))
                .anyMatch(reason -> reason.path("code").asString().equals("moved"));
        assertThat(json(importing("format=litellm&force=true", before.replace("1e-05", "1e-07")))
                        .path("changed"))
                .hasSize(1);
    }

    @Test
    void whatWasImportedInPartIsFinishedByTheWhole() {
        String first = ONE.replace("imported", "part-1").strip();
        String two = first.substring(0, first.length() - 1) + ","
                + ONE.replace("imported", "part-2").strip().substring(1);
        JsonNode part = json(importing("format=litellm&providers=part-1", two));
        assertThat(part.at("/entries/taken").asInt()).as("%s", part).isEqualTo(1);
        assertThat(part.at("/entries/not_asked_for").asInt()).isEqualTo(3);
        assertThat(items("part-2", "")).isEmpty();

        JsonNode whole = json(importing("format=litellm", two));
        assertThat(whole.at("/prices/unchanged").asInt()).isEqualTo(2);
        assertThat(whole.at("/prices/added").asInt()).isEqualTo(3);
        String others = ONE.replace("imported/m-1", "part-1/m-2").replace("imported", "part-1");
        assertThat(json(importing("format=litellm", others))
                        .at("/left_alone/0/model")
                        .asString())
                .isEqualTo("m-1");
    }

    @Test
    void aCompanysOwnPriceIsLeftAlone() {
        gateway.admin("PUT", "companies/own", "{\"name\":\"own\"}");
        gateway.admin(
                "POST",
                "prices",
                "[{\"company\":\"own\",\"provider\":\"owned\",\"model\":\"m-1\",\"dimension\":\"input\",\"currency\":\"USD\","
                        + "\"unit_price\":\"7\",\"effective_from\":\"2026-01-01T00:00:00Z\"}]");
        importing("format=litellm", ONE.replace("imported", "owned"));
        JsonNode own = json(gateway.admin("GET", "prices?company=own", "")).path("items");
        assertThat(own).hasSize(1);
        assertThat(own.path(0).path("unit_price").asString()).isEqualTo("7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "format=csv                               | {}    | 400 | invalid_parameter",
                "format=litellm&dry_run=yes               | {}    | 400 | invalid_parameter",
                "format=litellm&effective_from=now        | {}    | 400 | invalid_parameter",
                "format=litellm&from=now                  | {}    | 400 | invalid_parameter",
                "format=litellm                           | []    | 400 | unreadable_catalogue",
                "format=litellm&providers=nobody          | {\"m\":{\"litellm_provider\":\"x\"}} | 400 | unknown_provider",
                "format=genai-prices                      | {}    | 400 | unreadable_catalogue",
                "format=litellm                           | {     | 400 | unreadable_body",
                "format=litellm                           | {\"a\":1,\"a\":2} | 400 | unreadable_body",
            })
    void whatCantBeImportedIsSaid(String query, String body, int status, String code) {
        HttpResponse<String> response = importing(query, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(json(response).path("code").asString()).isEqualTo(code);
    }

    @Test
    void wholeCataloguesGoIn() throws IOException {
        whole("litellm", SharedCatalogues.litellm(), 2728);
        whole("genai-prices", SharedCatalogues.genaiPrices(), 1308);
    }

    private static void whole(String format, byte[] packed, int entries) {
        String query = "format=" + format + "&effective_from=2026-08-01T00:00:00Z";
        long began = System.nanoTime();
        HttpResponse<String> first = importing(query, packed);
        long tookMillis = Duration.ofNanos(System.nanoTime() - began).toMillis();
        System.out.println(format + " took " + tookMillis + " ms " + json(first).path("prices"));
        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(json(first).at("/entries/taken").asInt()).isEqualTo(entries);

        HttpResponse<String> again = importing(query, packed);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(json(again).at("/prices/added").asInt()).isZero();
        assertThat(json(again).at("/prices/changed").asInt()).isZero();
    }

    private static HttpResponse<String> importing(String query, String body) {
        return importing(query, body.getBytes(UTF_8));
    }

    private static HttpResponse<String> importing(String query, byte[] body) {
        return gateway.send(HttpRequest.newBuilder(gateway.uri("/admin/v1/prices/import?" + query))
                .POST(BodyPublishers.ofByteArray(body))
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + GatewayStack.ADMIN_TOKEN));
    }

    private static List<String> items(String provider, String more) {
        JsonNode page = json(gateway.admin("GET", "prices?provider=" + provider + more, ""));
        return StreamSupport.stream(page.path("items").spliterator(), false)
                .map(item -> item.path("unit_price").asString())
                .collect(Collectors.toList());
    }
}
