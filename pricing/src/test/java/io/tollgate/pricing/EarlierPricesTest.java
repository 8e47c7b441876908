package io.tollgate.pricing;

import static io.tollgate.pricing.Books.exact;
import static io.tollgate.pricing.Books.micros;
import static io.tollgate.pricing.Books.price;
import static io.tollgate.pricing.Books.text;
import static io.tollgate.pricing.Books.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.PriceItem;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.schemas.serde.AvroGuards;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EarlierPricesTest {
    static {
        AvroGuards.set();
    }

    private static final long NOW = micros("2026-06-01T00:00:00Z");

    @Test
    void whatWasInForceBeginsAgainNowWithAllItsTiers() {
        PriceItem first = price("input", "1");
        PriceItem tier = price("input", "2");
        tier.setTierFrom(exact("200000"));
        PriceItem output = price("output", "9");
        PriceItem dearer = from("2026-03-01", price("input", "3"));

        EarlierPrices.Return back = back(dearer, first, tier, output, dearer);
        assertThat(back.staying()).isEmpty();
        assertThat(back.again()).hasSize(1);
        assertThat(back.again().get(0))
                .allSatisfy(item -> assertThat(item.getEffectiveFrom()).isEqualTo(NOW))
                .extracting(item -> text(item.getUnitPrice()))
                .containsExactly("1", "2");
    }

    @Test
    void aPriceThatSaysTheSameAgainNeedsNoWayBack() {
        PriceItem again = from("2026-03-01", price("input", "1.0"));
        assertThat(back(again, price("input", "1"), again)).isEqualTo(new EarlierPrices.Return(List.of(), List.of()));
    }

    @Test
    void whatWasNotThereAndWhatIsYetToComeStays() {
        PriceItem made = from("2026-03-01", price("output", "1"));
        assertThat(back(made, price("input", "1"), made).staying()).containsExactly(made);
        PriceItem toCome = from("2026-09-01", price("input", "2"));
        EarlierPrices.Return back = back(toCome, price("input", "1"), toCome);
        assertThat(back.staying()).containsExactly(toCome);
        assertThat(back.again()).isEmpty();
    }

    private static EarlierPrices.Return back(PriceItem added, PriceItem... all) {
        PriceTimeline timeline = timeline(null, "openai", "gpt-4o", all);
        return EarlierPrices.to(timeline, Set.of(added.getId()), NOW);
    }

    private static PriceItem from(String day, PriceItem item) {
        item.setEffectiveFrom(micros(day + "T00:00:00Z"));
        return item;
    }
}
