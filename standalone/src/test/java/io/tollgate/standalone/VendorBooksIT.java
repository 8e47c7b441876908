package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.standalone.client.Endpoints;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Vendors' bodies, as they came, from the front door to the ledger: each with the prices of its own model. */
@ExtendWith(SharedStack.class)
class VendorBooksIT {
    private static final String COMPANY = "vendors";
    private static final Path SHARED_CASES = Path.of("..", "..", "shared", "fixtures", "price_cases.json");
    private static final JsonMapper JSON = JsonMapper.shared();

    /** @param cost null: without a price or without usage, as the state says */
    private record Case(
            String id,
            String provider,
            String format,
            String body,
            List<String> prices,
            List<String> headers,
            String state,
            @Nullable String cost) {
        /** A model of its own, so that each case has its own prices. */
        String model() {
            return "model-of-" + id;
        }
    }

    @Test
    void everyBodyCostsInTheLedgerWhatItsVendorWouldCharge(TestStack stack) throws Exception {
        List<Case> cases = new ArrayList<>(ownCases());
        cases.addAll(sharedCases());
        Endpoints at = stack.endpoints();
        TollgateClient client = new TollgateClient(at.gateway(), at.usageApi(), stack.adminToken());
        client.putCompany(COMPANY);
        String key = client.createKey(COMPANY, List.of("ingest", "read"));
        client.postPrices(cases.stream().flatMap(one -> one.prices().stream()).toList());
        for (Case one : cases) {
            List<String> headers = new ArrayList<>(one.headers());
            headers.addAll(List.of("idempotency-key", one.id(), "x-event-source", "vendor"));
            headers.addAll(List.of("x-provider", one.provider(), "x-model", one.model()));
            // Sent twice, as a client does that got no answer: read again it is the same event.
            for (int i = 0; i < 2; i++) {
                assertThat(client.sendVendor(key, one.format(), one.body(), headers.toArray(String[]::new)))
                        .as(one.id())
                        .isEqualTo(204);
            }
        }
        for (Case one : cases) {
            JsonNode event = await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(
                            () -> client.read("/v1/events?company=" + COMPANY + "&source=vendor&id=" + one.id()),
                            found -> found.path("duplicates").asInt() == 1);
            assertThat(event.path("state").asString()).as("%s", event).isEqualTo(one.state());
            if (one.cost() == null) {
                assertThat(event.path("cost").isNull()).as("%s", event).isTrue();
            } else {
                assertThat(new BigDecimal(event.path("cost").asString()))
                        .as("%s", event)
                        .isEqualByComparingTo(one.cost());
            }
        }
        try (PostgresBooks books = new PostgresBooks(at.postgresUrl(), at.postgresUser(), at.postgresPassword())) {
            assertThat(books.count("cost_calculations WHERE company = 'vendors' AND vendor->>'quality' IS NULL"))
                    .isZero();
            assertThat(books.count("cost_calculations WHERE vendor->>'quality' = 'inconsistent'"
                            + " AND code = 'inconsistent_usage' AND vendor->>'usage' LIKE '%total_tokens%'"))
                    .isEqualTo(1);
            assertThat(books.count("dead_letters WHERE company = 'vendors'")).isZero();
        }
    }

    private static List<Case> ownCases() {
        return List.of(
                own(
                        "own-chat",
                        "openai",
                        "openai.chat",
                        "rated",
                        "0.005615",
                        """
                        {"id":"c","model":"gpt-4o-2024-08-06","choices":[{"message":{"content":"words"}}],
                         "usage":{"prompt_tokens":2006,"completion_tokens":300,"total_tokens":2306,
                          "prompt_tokens_details":{"cached_tokens":1920}}}""",
                        "input",
                        "0.0000025",
                        "cache_read",
                        "0.00000125",
                        "output",
                        "0.00001"),
                // 100 × 3 + 50 × 3.75 + 20 × 6 + 10 × 15, per million
                own(
                        "own-messages",
                        "anthropic",
                        "anthropic.messages",
                        "rated",
                        "0.0007575",
                        """
                        {"id":"m","type":"message","usage":{"input_tokens":100,"output_tokens":10,
                          "cache_creation_input_tokens":70,
                          "cache_creation":{"ephemeral_5m_input_tokens":50,"ephemeral_1h_input_tokens":20}}}""",
                        "input",
                        "0.000003",
                        "cache_write_5m",
                        "0.00000375",
                        "cache_write_1h",
                        "0.000006",
                        "output",
                        "0.000015"),
                own(
                        "own-seconds",
                        "sagemaker",
                        "generic.seconds",
                        "rated",
                        "0.0039",
                        "{\"duration_ms\":3250}",
                        "compute_second",
                        "0.0012"),
                own(
                        "own-inconsistent",
                        "openai",
                        "openai.chat",
                        "unpriced",
                        null,
                        "{\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":9}}",
                        "input",
                        "0.0000025",
                        "output",
                        "0.00001"),
                own(
                        "own-unknown",
                        "openai",
                        "openai.chat",
                        "unpriced",
                        null,
                        "{\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}"),
                own("own-missing", "openai", "openai.chat", "usage_missing", null, "{\"choices\":[]}"));
    }

    private static Case own(
            String id,
            String provider,
            String format,
            String state,
            @Nullable String cost,
            String body,
            String... pricesByDimension) {
        List<String> prices = new ArrayList<>();
        for (int i = 0; i < pricesByDimension.length; i += 2) {
            ObjectNode price = JSON.createObjectNode();
            price.put("dimension", pricesByDimension[i]);
            price.put("unit_price", pricesByDimension[i + 1]);
            price.put("currency", "USD");
            prices.add(priceOf(price, provider, "model-of-" + id));
        }
        return new Case(id, provider, format, body, prices, List.of(), state, cost);
    }

    /** More of them, where they are at hand. */
    private static List<Case> sharedCases() throws IOException {
        List<Case> cases = new ArrayList<>();
        if (!Files.exists(SHARED_CASES)) {
            return cases;
        }
        for (JsonNode one : JSON.readTree(SHARED_CASES.toFile())) {
            String format = one.path("vendor_format").asString();
            if (format.equals("aggregate")) {
                continue;
            }
            String id = one.path("id").asString();
            String provider = one.path("provider").asString();
            List<String> prices = new ArrayList<>();
            one.path("price_items")
                    .forEach(item -> prices.add(priceOf((ObjectNode) item.deepCopy(), provider, "model-of-" + id)));
            cases.add(new Case(
                    id,
                    provider,
                    format,
                    one.path("usage").toString(),
                    prices,
                    headers(one.path("context")),
                    "rated",
                    one.path("expected_cost_usd").asString()));
        }
        return cases;
    }

    private static String priceOf(ObjectNode item, String provider, String model) {
        item.put("provider", provider);
        item.put("model", model);
        item.put("effective_from", "2020-01-01T00:00:00Z");
        return item.toString();
    }

    /** What a case says of the call beside its body. A time of day is today's or yesterday's: old events are refused. */
    private static List<String> headers(JsonNode context) {
        List<String> headers = new ArrayList<>();
        if (context.has("service_tier")) {
            headers.addAll(
                    List.of("x-service-tier", context.path("service_tier").asString()));
        }
        if (context.has("region")) {
            headers.addAll(List.of("x-region", context.path("region").asString()));
        }
        if (context.has("server_address")) {
            String host = context.path("server_address").asString();
            headers.addAll(List.of("x-region", host.substring(0, host.indexOf('.'))));
        }
        if (context.has("occurred_at")) {
            LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
            Instant occurred = Instant.parse(context.path("occurred_at").asString());
            headers.addAll(List.of(
                    "x-event-time",
                    occurred.atZone(ZoneOffset.UTC).with(yesterday).toInstant().toString()));
        }
        return headers;
    }
}
