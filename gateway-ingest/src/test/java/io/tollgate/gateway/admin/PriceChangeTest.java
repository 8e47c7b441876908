package io.tollgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.PriceItem;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.gateway.admin.PriceItemJson.TimelineKey;
import io.tollgate.gateway.http.Problem.FieldError;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.serde.AvroGuards;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PriceChangeTest {
    private static final long VERSION = 7;
    private static final long NOW = 1_000;

    private final Map<TimelineKey, PriceTimeline> book = new HashMap<>();

    @BeforeAll
    static void trustGeneratedRecords() {
        AvroGuards.set();
    }

    @Test
    void theFirstItemsOfAModelBeginItsTimeline() {
        PriceChange change = change(item(null, "gpt-4o", "input", "1"), item(null, "gpt-4o", "output", "4"));

        assertThat(change.refusals()).isEmpty();
        assertThat(change.changed()).hasSize(1);
        PriceTimeline timeline = change.changed().get(0);
        assertThat(timeline.getCompany()).isNull();
        assertThat(timeline.getProvider()).isEqualTo("openai");
        assertThat(timeline.getModel()).isEqualTo("gpt-4o");
        assertThat(timeline.getVersion()).isEqualTo(VERSION);
        assertThat(timeline.getItems()).extracting(PriceItem::getDimension).containsExactly("input", "output");
    }

    @Test
    void eachModelAndEachCompanyHasATimelineOfItsOwnAndAllGetOneVersion() {
        PriceChange change = change(
                item(null, "gpt-4o", "input", "1"),
                item("acme", "gpt-4o", "input", "0.9"),
                item(null, "gpt-4o-mini", "input", "0.1"));

        assertThat(change.changed()).extracting(PriceTimeline::getVersion).containsOnly(VERSION);
        assertThat(change.changed())
                .extracting(timeline -> timeline.getCompany() + " " + timeline.getModel())
                .containsExactly("null gpt-4o", "acme gpt-4o", "null gpt-4o-mini");
    }

    @Test
    void anItemIsAddedToWhatTheTimelineHas() {
        keep(change(item(null, "gpt-4o", "input", "1")));

        PriceChange change = change(item(null, "gpt-4o", "output", "4"));

        assertThat(change.changed()).hasSize(1);
        assertThat(change.changed().get(0).getItems())
                .extracting(PriceItem::getDimension)
                .containsExactly("input", "output");
    }

    @Test
    void theSameItemAgainChangesNothingAndKeepsTheIdThatItHas() {
        PriceItemJson first = item(null, "gpt-4o", "input", "1");
        keep(change(first));

        PriceItemJson again = item(null, "gpt-4o", "input", "1");
        PriceChange change = change(again);

        assertThat(change.refusals()).isEmpty();
        assertThat(change.changed()).isEmpty();
        assertThat(again.item().getId()).isNotEqualTo(first.item().getId());
        assertThat(change.items())
                .extracting(item -> item.item().getId())
                .containsExactly(first.item().getId());
    }

    @Test
    void theSameItemTwiceInOneRequestIsOne() {
        PriceChange change = change(item(null, "gpt-4o", "input", "1"), item(null, "gpt-4o", "input", "1"));

        assertThat(change.changed().get(0).getItems()).hasSize(1);
        assertThat(change.items()).hasSize(2);
        assertThat(change.items().get(1).item().getId())
                .isEqualTo(change.items().get(0).item().getId());
    }

    @Test
    void aRefusalPointsToThePlaceInTheRequestAndNotInTheTimeline() {
        keep(change(item(null, "gpt-4o", "input", "1")));

        PriceChange change = change(
                item(null, "gpt-4o-mini", "input", "0.1"),
                item(null, "gpt-4o", "output", "4"),
                item(null, "gpt-4o", "input", "2"));

        assertThat(change.refusals()).extracting(FieldError::pointer).containsExactly("/2");
        assertThat(change.refusals()).extracting(FieldError::code).containsExactly("overlaps");
        assertThat(change.refusals().get(0).detail())
                .contains("already sets this price from the same time", "give the new one another effective_from");
    }

    @Test
    void theAnswerIsInTheOrderOfTheRequest() {
        PriceChange change =
                change(item(null, "b", "input", "1"), item(null, "a", "input", "2"), item(null, "b", "output", "3"));

        assertThat(change.items())
                .extracting(item -> item.model() + " " + item.item().getDimension())
                .containsExactly("b input", "a input", "b output");
    }

    private PriceChange change(PriceItemJson... posted) {
        return PriceChange.of(List.of(posted), book::get, VERSION, NOW);
    }

    private void keep(PriceChange change) {
        change.changed()
                .forEach(timeline -> book.put(
                        new TimelineKey(timeline.getCompany(), timeline.getProvider(), timeline.getModel()), timeline));
    }

    private static PriceItemJson item(@Nullable String company, String model, String dimension, String price) {
        PriceItem item = PriceItem.newBuilder()
                .setId(Secrets.newId("price"))
                .setDimension(dimension)
                .setUnitPrice(Decimals.toAvro(Decimal.parse(price)))
                .setCurrency("USD")
                .setTierFrom(Decimals.toAvro(Decimal.ZERO))
                .setTierBasis("input_tokens")
                .setEffectiveFrom(0)
                .setRecordedAt(NOW)
                .build();
        return new PriceItemJson(company, "openai", model, item);
    }
}
