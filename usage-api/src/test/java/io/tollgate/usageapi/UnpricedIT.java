package io.tollgate.usageapi;

import static io.tollgate.usageapi.UsageApiStack.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.schemas.EventHash;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

@ExtendWith(StackExtension.class)
class UnpricedIT {
    private static final String INPUT =
            "{\"dimension\":\"input\",\"unit\":\"token\",\"quantity\":%s,\"unit_price\":0.1,\"cost\":1}";
    private static final String REASONING =
            "{\"dimension\":\"reasoning\",\"unit\":\"token\",\"quantity\":%s,\"unit_price\":null,\"cost\":null}";

    private final UsageApiStack stack;
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

    UnpricedIT(UsageApiStack stack) {
        this.stack = stack;
    }

    @Test
    void aModelWithoutAPriceIsListedWithWhatItUsed() {
        row("acme", "1", 0, "m-new", "unpriced", "no_price", today, 1, 100, 7);
        row("acme", "2", 0, "m-new", "unpriced", "no_price", today.minusDays(3), 1, 50, 3);
        row("acme", "3", 0, "m-known", "rated", null, today, 1, 9, 9);
        JsonNode items = items(stack.asAcme("/v1/unpriced"));
        assertThat(items).hasSize(1);
        JsonNode item = items.get(0);
        assertThat(item.path("company").asString()).isEqualTo("acme");
        assertThat(item.path("provider").asString()).isEqualTo("openai");
        assertThat(item.path("model").asString()).isEqualTo("m-new");
        assertThat(item.path("code").asString()).isEqualTo("no_price");
        assertThat(item.path("requests").asString()).isEqualTo("2");
        assertThat(item.path("first_seen").asString()).isEqualTo(today.minusDays(3) + "T00:00:00Z");
        assertThat(item.path("last_seen").asString()).isEqualTo(today + "T00:00:00Z");
        assertThat(item.path("quantities").toString()).isEqualTo("{\"input\":\"150\",\"reasoning\":\"10\"}");
        assertThat(item.path("without_price").toString()).isEqualTo("[\"reasoning\"]");
    }

    @Test
    void whatWasRatedLaterOrTakenBackIsNotListedAnyMore() {
        row("acme", "1", 0, "m-new", "unpriced", "no_price", today.minusDays(2), 1, 100, 7);
        row("acme", "1", 1, "m-new", "unpriced", "no_price", today.minusDays(2), -1, -100, -7);
        row("acme", "1", 2, "m-new", "rated", null, today.minusDays(2), 1, 100, 7);
        assertThat(items(stack.asAcme("/v1/unpriced"))).isEmpty();
        row("acme", "2", 0, "m-new", "unpriced", "no_price", today, 1, 5, 0);
        JsonNode item = items(stack.asAcme("/v1/unpriced")).get(0);
        assertThat(item.path("requests").asString()).isEqualTo("1");
        assertThat(item.path("first_seen").asString()).isEqualTo(today + "T00:00:00Z");
        assertThat(item.path("quantities").toString()).isEqualTo("{\"input\":\"5\"}");
        assertThat(item.path("without_price")).isEmpty();
    }

    @Test
    void anotherReasonIsAnotherItemAndOneOfNothingHasNoQuantities() {
        row("acme", "1", 0, "m", "unpriced", "mixed_currency", today, 1, 1, 1);
        row("acme", "2", 0, "m", "unpriced", "no_price", today, 1, 1, 1);
        row("acme", "3", 0, "m", "unpriced", "inconsistent_usage", today, 1, 0, 0);
        JsonNode items = items(stack.asAcme("/v1/unpriced"));
        assertThat(items.valueStream().map(item -> item.path("code").asString()))
                .containsExactly("inconsistent_usage", "mixed_currency", "no_price");
        assertThat(items.get(0).path("quantities")).isEmpty();
        assertThat(items(stack.asAcme("/v1/unpriced?code=no_price"))).hasSize(1);
    }

    @Test
    void theRangeIsOfTheEventsTimeHalfOpen() {
        row("acme", "1", 0, "m-old", "unpriced", "no_price", today.minusDays(40), 1, 1, 0);
        row("acme", "2", 0, "m-new", "unpriced", "no_price", today.minusDays(1), 1, 1, 0);
        assertThat(models("/v1/unpriced")).containsExactly("m-new");
        assertThat(models("/v1/unpriced?from=" + today.minusDays(50))).containsExactly("m-new", "m-old");
        assertThat(models("/v1/unpriced?from=" + today.minusDays(50) + "&to=" + today.minusDays(1)))
                .containsExactly("m-old");
    }

    @Test
    void aKeySeesItsOwnAndAnAdministratorAllOrOne() {
        row("acme", "1", 0, "m-a", "unpriced", "no_price", today, 1, 1, 0);
        row("beta", "1", 0, "m-b", "unpriced", "no_price", today, 1, 1, 0);
        assertThat(items(stack.asAcme("/v1/unpriced"))).hasSize(1);
        assertThat(stack.asAcme("/v1/unpriced?company=beta").statusCode()).isEqualTo(403);
        assertThat(items(stack.asAdmin("/v1/unpriced"))).hasSize(2);
        assertThat(items(stack.asAdmin("/v1/unpriced?company=beta"))
                        .get(0)
                        .path("model")
                        .asString())
                .isEqualTo("m-b");
    }

    @Test
    void pagesMeetWithoutAGap() {
        for (int i = 0; i < 5; i++) {
            row("acme", "e" + i, 0, "m" + i, "unpriced", "no_price", today, 1, i, 1);
        }
        JsonNode first = json(stack.asAcme("/v1/unpriced?limit=2"));
        assertThat(first.path("items")).hasSize(2);
        JsonNode second = json(stack.asAcme(
                "/v1/unpriced?limit=2&cursor=" + first.path("next_cursor").asString()));
        JsonNode third = json(stack.asAcme(
                "/v1/unpriced?limit=2&cursor=" + second.path("next_cursor").asString()));
        assertThat(second.path("items").get(0).path("model").asString()).isEqualTo("m2");
        assertThat(second.path("items").get(0).path("quantities").path("input").asString())
                .isEqualTo("2");
        assertThat(third.path("items")).hasSize(1);
        assertThat(third.path("next_cursor").isNull()).isTrue();
    }

    @Test
    void theGaugeShowsThemByModelAndForgetsThemWhenAPriceCame() {
        row("acme", "1", 0, "m-gauge", "unpriced", "no_price", today, 1, 1, 0);
        row("beta", "2", 0, "m-gauge", "unpriced", "no_price", today, 1, 1, 0);
        String series = "tollgate_unpriced_events{code=\"no_price\",model=\"m-gauge\",provider=\"openai\"} 2.0";
        await().atMost(Duration.ofSeconds(20)).until(() -> metrics(stack).contains(series));
        row("acme", "1", 1, "m-gauge", "unpriced", "no_price", today, -1, -1, 0);
        row("beta", "2", 1, "m-gauge", "unpriced", "no_price", today, -1, -1, 0);
        await().atMost(Duration.ofSeconds(20)).until(() -> !metrics(stack).contains("m-gauge"));
    }

    @Test
    void theGaugeIsBoundedToTheModelsWithTheMost() {
        for (int i = 0; i < 60; i++) {
            row("acme", "e" + i, 0, "bounded" + i, "unpriced", "no_price", today, 1 + i, 1, 0);
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> metrics(stack).contains("bounded59"));
        assertThat(metrics(stack).lines().filter(line -> line.startsWith("tollgate_unpriced_events{")))
                .hasSize(50)
                .noneMatch(line -> line.contains("bounded9\""));
    }

    @Test
    void withoutADatabaseAScrapeIsAnsweredAtOnceAndHasNoSeries() {
        ConfigurableApplicationContext alone = stack.start(
                stack.kafka().bootstrapServers(), "--tollgate.postgres=jdbc:postgresql://127.0.0.1:1/nowhere");
        try {
            long begun = System.nanoTime();
            String metrics = stack.get(UsageApiStack.portOf(alone), "/actuator/prometheus")
                    .body();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
            assertThat(metrics).contains("hikaricp").doesNotContain("tollgate_unpriced_events{");
        } finally {
            alone.close();
        }
    }

    private static String metrics(UsageApiStack stack) {
        return stack.get("/actuator/prometheus").body();
    }

    private static JsonNode items(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response).path("items");
    }

    private List<String> models(String path) {
        return items(stack.asAcme(path))
                .valueStream()
                .map(item -> item.path("model").asString())
                .toList();
    }

    private void row(
            String company,
            String id,
            int sequence,
            String model,
            String state,
            @Nullable String code,
            LocalDate day,
            int requests,
            int input,
            int reasoning) {
        String lines = (input == 0 ? "" : INPUT.formatted(input))
                + (input == 0 || reasoning == 0 ? "" : ",")
                + (reasoning == 0 ? "" : REASONING.formatted(reasoning));
        stack.sql(
                "INSERT INTO cost_calculations (booked_on, event_hash, sequence, kind, cause, revision, state, code, requests,"
                        + " event_time, booked_at, events_partition, events_offset, company, source, event_id, provider,"
                        + " model, billable, labels, lines, tokens, reduced) VALUES ('" + day + "', '"
                        + HexFormat.of().formatHex(EventHash.of(company, "s", id)) + "', " + sequence + ", '"
                        + (requests < 0 ? "reversal" : "usage") + "', 'usage', 1, '" + state + "', "
                        + (code == null ? "NULL" : "'" + code + "'") + ", " + requests + ", '" + day + "T00:00:00Z', '"
                        + day + "T00:00:01Z', 0, " + sequence + ", '" + company + "', 's', '" + id + "', 'openai', '"
                        + model + "', true, '{}', '[" + lines + "]', 0, false)");
    }
}
