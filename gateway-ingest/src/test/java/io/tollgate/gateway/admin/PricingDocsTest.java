package io.tollgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.LineItem;
import io.tollgate.avro.Usage;
import io.tollgate.gateway.http.Json;
import io.tollgate.gateway.http.Problem.FieldError;
import io.tollgate.gateway.ingest.QuotedUsage;
import io.tollgate.gateway.ingest.Timestamps;
import io.tollgate.pricing.PriceBook;
import io.tollgate.pricing.Rating;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.serde.AvroGuards;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every example of docs/pricing.md comes out as the page says. */
class PricingDocsTest {
    private static final Pattern EXAMPLE = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
    private static final long NOW = Timestamps.parse("2026-06-01T00:00:00Z");

    static {
        AvroGuards.set();
    }

    static Stream<JsonNode> examples() throws IOException {
        String page = Files.readString(Path.of("../docs/pricing.md"));
        return EXAMPLE.matcher(page).results().map(example -> Json.MAPPER.readTree(example.group(1))).toList().stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleComesOutAsThePageSays(JsonNode example) {
        JsonNode usage = example.path("usage");
        Rating rating = book(example.path("prices")).rate(usage.path("company").asString(""), usage(usage));

        assertThat(text(rating.cost())).isEqualTo(example.path("cost").asString(null));
        assertThat(rating.code()).isEqualTo(example.path("unpriced").asString(null));
        if (example.has("list_cost")) {
            assertThat(text(rating.listCost()))
                    .isEqualTo(example.path("list_cost").asString());
        }
        if (example.has("lines")) {
            assertThat(rating.lines().stream().map(PricingDocsTest::line))
                    .containsExactlyElementsOf(example.path("lines").values().stream()
                            .map(JsonNode::asString)
                            .toList());
        }
    }

    private static PriceBook book(JsonNode items) {
        List<FieldError> errors = new ArrayList<>();
        List<PriceItemJson> posted = new ArrayList<>();
        for (JsonNode item : items.values()) {
            if (!item.has("effective_from")) {
                ((ObjectNode) item).put("effective_from", "2026-01-01T00:00:00Z");
            }
            posted.add(PriceItemJson.read(Fields.of(item, "", errors), NOW));
        }
        PriceChange change = PriceChange.of(posted, key -> null, 1, NOW);
        assertThat(errors).isEmpty();
        assertThat(change.refusals()).isEmpty();
        PriceBook book = new PriceBook();
        change.changed().forEach(book::put);
        return book;
    }

    private static Usage usage(JsonNode json) {
        QuotedUsage quoted = QuotedUsage.read(json.toString().getBytes(StandardCharsets.UTF_8), false);
        assertThat(quoted.error()).isNull();
        quoted.usage().setEventTime(Timestamps.parse(json.path("at").asString("2026-03-15T12:00:00Z")));
        return quoted.usage();
    }

    private static String line(LineItem line) {
        return line.getDimension() + " " + text(line.getCost()) + " " + line.getPriceMatch();
    }

    private static @Nullable String text(io.tollgate.avro.@Nullable ExactDecimal amount) {
        return amount == null ? null : Decimals.fromAvro(amount).toString();
    }
}
