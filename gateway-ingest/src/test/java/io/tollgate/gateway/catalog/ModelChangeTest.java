package io.tollgate.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.PriceTimeline;
import io.tollgate.gateway.ingest.Timestamps;
import io.tollgate.pricing.PriceTimelines;
import io.tollgate.schemas.decimal.Decimals;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModelChangeTest {
    private static final long JANUARY = Timestamps.parse("2026-01-01T00:00:00Z");
    private static final long JUNE = Timestamps.parse("2026-06-01T00:00:00Z");
    private static final long AUGUST = Timestamps.parse("2026-08-01T00:00:00Z");

    @Test
    void theFirstImportAddsAndTheSecondChangesNothingWheneverItIs() {
        ModelChange first = change("'input_cost_per_token':1e-6", null, JANUARY);
        assertThat(first.added()).hasSize(1);
        assertThat(after(first).getVersion()).isEqualTo(7);

        for (long later : List.of(JANUARY, JUNE)) {
            ModelChange again = change("'input_cost_per_token':1e-6", after(first), later);
            assertThat(again.after()).isNull();
            assertThat(again.unchanged()).isEqualTo(1);
        }
    }

    @Test
    void aMovedPriceBeginsAnewAndTheOldOneStays() {
        PriceTimeline before = after(change("'input_cost_per_token':1e-6", null, JANUARY));
        ModelChange moved = change("'input_cost_per_token':2e-6", before, JUNE);
        assertThat(moved.changed()).singleElement().satisfies(line -> {
            assertThat(line.before()).isEqualTo("0.000001");
            assertThat(line.after()).isEqualTo("0.000002");
            assertThat(line.effectiveFrom()).isEqualTo("2026-06-01T00:00:00Z");
        });
        assertThat(inForce(after(moved), JUNE - 1)).containsExactly("0.000001");
        assertThat(inForce(after(moved), JUNE)).containsExactly("0.000002");
    }

    @Test
    void aLadderWhoseOneTierMovedBeginsAnewAsAWhole() {
        PriceTimeline before = after(
                change("'input_cost_per_token':1e-6,'input_cost_per_token_above_200k_tokens':2e-6", null, JANUARY));
        ModelChange moved =
                change("'input_cost_per_token':1e-6,'input_cost_per_token_above_200k_tokens':3e-6", before, JUNE);
        assertThat(moved.changed()).hasSize(1);
        assertThat(inForce(after(moved), JUNE)).containsExactlyInAnyOrder("0.000001", "0.000003");

        ModelChange dropped = change("'input_cost_per_token':1e-6", before, JUNE);
        assertThat(dropped.changed()).singleElement().satisfies(line -> assertThat(line.after())
                .isNull());
        assertThat(inForce(after(dropped), JUNE)).containsExactly("0.000001");
    }

    @Test
    void whatTheCatalogueDroppedStaysInForce() {
        PriceTimeline before = after(change("'input_cost_per_token':1e-6,'output_cost_per_token':4e-6", null, JANUARY));
        ModelChange less = change("'input_cost_per_token':1e-6", before, JUNE);
        assertThat(less.after()).isNull();
        assertThat(inForce(before, JUNE)).containsExactlyInAnyOrder("0.000001", "0.000004");
    }

    @Test
    void aPriceThatMovedMoreThanTenTimesWaitsForForce() {
        PriceTimeline before = after(change("'input_cost_per_token':1e-6", null, JANUARY));
        for (String far : List.of("1.1e-5", "9e-8")) {
            ModelChange held = change("'input_cost_per_token':" + far, before, JUNE);
            assertThat(held.after()).isNull();
            assertThat(held.doubts())
                    .singleElement()
                    .satisfies(doubt -> assertThat(doubt.remark().code()).isEqualTo("moved"));
            assertThat(ModelChange.of(
                                    model("'input_cost_per_token':" + far),
                                    before,
                                    8,
                                    new ModelChange.Terms(JUNE, JUNE, true))
                            .changed())
                    .hasSize(1);
        }
        assertThat(change("'input_cost_per_token':1e-5", before, JUNE).changed())
                .hasSize(1);
    }

    @Test
    void aPriceInOtherMoneyIsNotReplacedUnasked() {
        PriceTimeline before = after(change("'input_cost_per_token':1e-6", null, JANUARY));
        before.getItems().get(0).setCurrency("EUR");
        ModelChange held = change("'input_cost_per_token':1.1e-6", before, JUNE);
        assertThat(held.after()).isNull();
        assertThat(held.doubts())
                .singleElement()
                .satisfies(doubt -> assertThat(doubt.remark().detail()).contains("0.0000011 USD", "0.000001 EUR"));
    }

    @Test
    void anotherPriceForTheSameTimeCollidesAndTheOthersGoIn() {
        PriceTimeline before = after(change("'input_cost_per_token':1e-6", null, JUNE));
        ModelChange collides = change("'input_cost_per_token':2e-6,'output_cost_per_token':4e-6", before, JUNE);
        assertThat(collides.doubts())
                .singleElement()
                .satisfies(doubt -> assertThat(doubt.remark().code()).isEqualTo("overlaps"));
        assertThat(collides.added()).hasSize(1);
    }

    @Test
    void aDatedPriceKeepsItsDateAndWhatWasOverIsNotDated() {
        String dated =
                "[{'prices':{'input_mtok':1}},{'constraint':{'start_date':'2026-06-01'},'prices':{'input_mtok':0.5}}]";
        ModelChange late = ModelChange.of(genai(dated), null, 7, terms(AUGUST));
        assertThat(inForce(after(late), AUGUST)).containsExactly("0.0000005");
        assertThat(inForce(after(late), JUNE - 1)).isEmpty();

        ModelChange early = ModelChange.of(genai(dated), null, 7, terms(JANUARY));
        assertThat(inForce(after(early), JUNE - 1)).containsExactly("0.000001");
        assertThat(inForce(after(early), JUNE)).containsExactly("0.0000005");
        assertThat(ModelChange.of(genai(dated), after(early), 8, terms(AUGUST)).after())
                .isNull();
    }

    @Test
    void twoEntriesOfOneModelAreOneWhereTheyAgreeAndTheFirstHoldsWhereNot() {
        String members = "'litellm_provider':'gemini','input_cost_per_token':1e-6,";
        Harvest harvest = Harvest.of(List.of(
                Entries.taken(Entries.litellm("gemini/g", members + "'cache_read_input_token_cost':1e-7")),
                Entries.taken(Entries.litellm("g", members + "'cache_read_input_token_cost':2e-7"))));
        assertThat(harvest.models()).hasSize(1);
        assertThat(harvest.models().get(0).versions()).hasSize(2);
        assertThat(harvest.doubts()).singleElement().satisfies(doubt -> {
            assertThat(doubt.entry()).isEqualTo("g");
            assertThat(doubt.remark().detail()).contains("0.0000002 USD", "0.0000001 USD by gemini/g");
        });
    }

    private static ModelChange change(String members, @Nullable PriceTimeline prior, long start) {
        return ModelChange.of(model(members), prior, 7, terms(start));
    }

    private static ModelChange.Terms terms(long start) {
        return new ModelChange.Terms(start, AUGUST, false);
    }

    private static ModelPrices model(String members) {
        return only(Entries.litellm("p/m", "'litellm_provider':'p'," + members));
    }

    private static ModelPrices genai(String prices) {
        return only(Entries.genai("p", "{'id':'m','match':{'equals':'m'},'prices':" + prices + "}")
                .get(0));
    }

    private static ModelPrices only(Verdict verdict) {
        return Harvest.of(List.of(Entries.taken(verdict))).models().get(0);
    }

    private static PriceTimeline after(ModelChange change) {
        return Objects.requireNonNull(change.after());
    }

    private static List<String> inForce(PriceTimeline timeline, long time) {
        return PriceTimelines.inForce(timeline, time).stream()
                .map(item -> Decimals.fromAvro(item.getUnitPrice()).toString())
                .toList();
    }
}
