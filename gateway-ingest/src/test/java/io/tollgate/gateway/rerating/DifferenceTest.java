package io.tollgate.gateway.rerating;

import static io.tollgate.gateway.rerating.Rows.COMPANY;
import static io.tollgate.gateway.rerating.Rows.TIME;
import static io.tollgate.gateway.rerating.Rows.book;
import static io.tollgate.gateway.rerating.Rows.prices;
import static io.tollgate.gateway.rerating.Rows.rated;
import static io.tollgate.gateway.rerating.Rows.reversal;
import static io.tollgate.gateway.rerating.Rows.row;
import static io.tollgate.gateway.rerating.Rows.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.PriceTimeline;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.ReadingQuality;
import io.tollgate.avro.Rerating;
import io.tollgate.avro.Usage;
import io.tollgate.avro.VendorReading;
import io.tollgate.pricing.PriceBook;
import io.tollgate.schemas.serde.AvroGuards;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DifferenceTest {
    @BeforeAll
    static void guard() {
        AvroGuards.set();
    }

    private static final PriceTimeline OLD = prices(null, "gpt-4o", 1, "input", "2");
    private static final PriceTimeline NEW = prices(null, "gpt-4o", 2, "input", "3");

    private final Rerating asked =
            Rerating.newBuilder().setFrom(TIME).setReason("test").build();

    @Test
    void aRowThatCostsTheSameMakesNone() {
        assertThat(of(rated("req-1", "gpt-4o", "5", OLD), OLD)).isNull();
        assertThat(of(reversal(rated("req-1", "gpt-4o", "5", OLD)), OLD)).isNull();
        assertThat(of(rated("req-1", "unheard-of", "5", OLD), NEW)).isNull();
    }

    @Test
    void aRowIsChargedByTheBookOfNow() {
        Difference difference = Objects.requireNonNull(of(rated("req-1", "gpt-4o", "5", OLD), NEW));

        assertThat(difference.events()).isEqualTo(1);
        assertThat(difference.costBefore()).hasToString("10");
        assertThat(difference.costAfter()).hasToString("15");
        assertThat(difference.isNewlyPriced()).isFalse();
    }

    @Test
    void aReversalMakesTheExactNegative() {
        Difference difference = Objects.requireNonNull(of(reversal(rated("req-1", "gpt-4o", "5", OLD)), NEW));

        assertThat(difference.events()).isEqualTo(-1);
        assertThat(difference.costBefore()).hasToString("-10");
        assertThat(difference.costAfter()).hasToString("-15");
        assertThat(difference.countsAnEvent()).isFalse();
    }

    @Test
    void anUnpricedRowGetsItsFirstPriceAndCanLoseIt() {
        RatedUsage unpriced = rated("req-1", "gpt-4o", "5");

        assertThat(Objects.requireNonNull(of(unpriced, NEW)).isNewlyPriced()).isTrue();
        Difference lost = Objects.requireNonNull(of(rated("req-1", "gpt-4o", "5", OLD)));
        assertThat(lost.isNoLongerPriced()).isTrue();
        assertThat(lost.costAfter()).hasToString("0");
    }

    /** The same amount by another item is another charge, as it is to the topology: the line names the item. */
    @Test
    void anotherItemOfTheSamePriceMakesOne() {
        Difference difference =
                Objects.requireNonNull(of(rated("req-1", "gpt-4o", "5", OLD), prices(null, "gpt-4o", 2, "input", "2")));

        assertThat(difference.costBefore()).isEqualTo(difference.costAfter());
    }

    @Test
    void theUsageOfARowHasAllThatDecidesAPrice() {
        Usage usage = usage("gpt-4o", Map.of("input", "12345678901234567890.5"));
        usage.setRequestModel("my-deployment");
        usage.setOperation("chat");
        usage.setServiceTier("batch");
        usage.setRegion("eu");
        usage.setVariant("hd");
        usage.setSpeed("fast");
        usage.setStatus(200);
        usage.setBillable(false);
        usage.setVendor(VendorReading.newBuilder()
                .setFormat("openai.chat")
                .setQuality(ReadingQuality.INCONSISTENT)
                .build());
        RatedUsage row = row(COMPANY, "req-1", 0, usage, new PriceBook());

        Usage rebuilt = RowUsage.of(row, row.getLines());

        rebuilt.setLabels(Map.of());
        rebuilt.setEventTimeGiven(usage.getEventTimeGiven());
        assertThat(rebuilt).isEqualTo(usage);
    }

    private @Nullable Difference of(RatedUsage row, PriceTimeline... now) {
        List<PriceTimeline> timelines = Stream.of(now).toList();
        return Difference.of(row, Selection.of(asked, timelines), book(now)::rate);
    }
}
