package io.tollgate.pricing;

import static io.tollgate.pricing.Books.exact;
import static io.tollgate.pricing.Books.micros;
import static io.tollgate.pricing.Books.price;
import static io.tollgate.pricing.Books.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.PriceItem;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.pricing.PriceTimelines.Appended;
import io.tollgate.pricing.PriceTimelines.Refused;
import io.tollgate.pricing.PriceTimelines.Result;
import io.tollgate.pricing.PriceTimelines.Unchanged;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PriceTimelinesTest {
    private static final PriceTimeline EMPTY = timeline(null, "openai", "gpt-4o");

    @Test
    void aLaterPriceFollowsAnOpenEndedOne() {
        Appended appended = (Appended) append(timelineOf(price("input", "1")), from("2026-03-01", price("input", "2")));

        assertThat(appended.timeline().getItems()).hasSize(2);
        assertThat(appended.timeline().getVersion()).isEqualTo(5);
    }

    @Test
    void anEarlierPriceMayBeAddedAfterwards() {
        assertThat(append(timelineOf(price("input", "1")), from("2025-03-01", price("input", "2"))))
                .isInstanceOf(Appended.class);
    }

    @Test
    void inForceIsTheVersionThatBeganLastUnlessItHasEnded() {
        PriceItem first = price("input", "1");
        PriceItem tier = price("input", "2");
        tier.setTierFrom(exact("200000"));
        PriceItem later = from("2026-03-01", price("input", "3"));
        later.setEffectiveTo(micros("2026-04-01T00:00:00Z"));
        PriceItem other = price("output", "9");
        PriceTimeline timeline = timelineOf(first, tier, later, other);

        assertThat(PriceTimelines.inForce(timeline, micros("2025-12-31T00:00:00Z")))
                .isEmpty();
        assertThat(PriceTimelines.inForce(timeline, micros("2026-02-28T00:00:00Z")))
                .containsExactly(first, tier, other);
        assertThat(PriceTimelines.inForce(timeline, micros("2026-03-01T00:00:00Z")))
                .containsExactly(later, other);
        assertThat(PriceTimelines.inForce(timeline, micros("2026-04-01T00:00:00Z")))
                .containsExactly(other);
    }

    @Test
    void theSameItemAgainChangesNothing() {
        assertThat(append(timelineOf(price("input", "1")), price("input", "1.0")))
                .isInstanceOf(Unchanged.class);
    }

    @Test
    void anotherPriceForTheSameStartIsRefused() {
        Refused refused = (Refused) append(timelineOf(price("input", "1")), price("output", "1"), price("input", "2"));

        assertThat(refused.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.index()).isEqualTo(1);
            assertThat(refusal.detail()).contains("effective_from");
        });
    }

    @Test
    void aPriceThatBeginsWithinAStatedRangeIsRefused() {
        PriceItem range = price("input", "1");
        range.setEffectiveTo(micros("2026-06-01T00:00:00Z"));

        assertThat(append(timelineOf(range), from("2026-03-01", price("input", "2"))))
                .isInstanceOf(Refused.class);
        assertThat(append(timelineOf(range), from("2026-06-01", price("input", "2"))))
                .isInstanceOf(Appended.class);
    }

    @Test
    void aStatedRangeThatReachesPastTheNextStartIsRefused() {
        PriceItem range = from("2025-01-01", price("input", "2"));
        range.setEffectiveTo(micros("2026-06-01T00:00:00Z"));

        assertThat(append(timelineOf(price("input", "1")), range)).isInstanceOf(Refused.class);
    }

    @Test
    void itemsOfOneRequestAreHeldAgainstEachOther() {
        assertThat(append(null, price("input", "1"), price("input", "2"))).isInstanceOf(Refused.class);
    }

    @Test
    void tiersThatBeginTogetherEndTogether() {
        PriceItem above = price("input", "2");
        above.setTierFrom(exact("200000"));
        above.setEffectiveTo(micros("2026-06-01T00:00:00Z"));

        assertThat(append(timelineOf(price("input", "1")), above)).isInstanceOf(Refused.class);
    }

    @Test
    void otherConditionsAreAnotherLadder() {
        PriceItem batch = price("input", "2");
        batch.setServiceTier("batch");

        assertThat(append(timelineOf(price("input", "1")), batch)).isInstanceOf(Appended.class);
    }

    private static Result append(@Nullable PriceTimeline prior, PriceItem... added) {
        return PriceTimelines.append(prior, EMPTY, List.of(added), 5, 0);
    }

    private static PriceTimeline timelineOf(PriceItem... items) {
        return timeline(null, "openai", "gpt-4o", items);
    }

    private static PriceItem from(String day, PriceItem item) {
        item.setEffectiveFrom(micros(day + "T00:00:00Z"));
        return item;
    }
}
