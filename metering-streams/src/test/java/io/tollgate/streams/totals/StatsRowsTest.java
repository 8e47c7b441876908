package io.tollgate.streams.totals;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.Granularity;
import io.tollgate.avro.PriceItem;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.RatingState;
import io.tollgate.avro.RowKind;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.avro.Usage;
import io.tollgate.avro.UsageStats;
import io.tollgate.pricing.PriceBook;
import io.tollgate.pricing.Rating;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.serde.AvroGuards;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StatsRowsTest {
    private static final int CHARGES = 1_000_000;

    @BeforeAll
    static void guards() {
        AvroGuards.set();
    }

    /** A float is off by the seventh digit here, and whoever rounds each row to a millionth of a dollar has 0. */
    @Test
    void aMillionChargesOfTwoHundredMillionthsAreTwoHundredths() {
        PriceBook book = new PriceBook();
        book.put(new PriceTimeline(null, "openai", "text-embedding-3-small", 1L, 0L, List.of(price("0.00000002"))));
        Usage usage = Usage.newBuilder()
                .setEventTime(1)
                .setProvider("openai")
                .setModel("text-embedding-3-small")
                .setDimensions(List.of(new DimensionQuantity("input", Decimals.toAvro(Decimal.of(1)))))
                .build();

        UsageStats sum = StatsRows.first(one(row(usage, book.rate("acme", usage))), Granularity.DAY);
        for (int i = 1; i < CHARGES; i++) {
            StatsRows.add(sum, one(row(usage, book.rate("acme", usage))));
        }

        assertThat(Decimals.fromAvro(sum.getCost())).hasToString("0.02");
        assertThat(Decimals.fromAvro(sum.getListCost())).hasToString("0.02");
        assertThat(sum.getRequests()).isEqualTo(CHARGES);
    }

    /** Names are the senders': a row that grew with each would one day be larger than a broker takes. */
    @Test
    void aRowDoesNotGrowWithEveryNameThatSomebodyThinksOf() {
        Usage usage = Usage.newBuilder()
                .setEventTime(1)
                .setProvider("openai")
                .setModel("text-embedding-3-small")
                .setDimensions(List.of(new DimensionQuantity("input", Decimals.toAvro(Decimal.ONE))))
                .build();
        PriceBook book = new PriceBook();
        book.put(new PriceTimeline(null, "openai", "text-embedding-3-small", 1L, 0L, List.of(price("1"))));
        UsageStats sum = StatsRows.first(one(row(usage, book.rate("acme", usage))), Granularity.DAY);
        for (int first = 0; first < 5_000; first += 50) {
            UsageStats more = UsageStats.newBuilder(sum).build();
            more.setDimensions(IntStream.range(first, first + 50)
                    .mapToObj(i -> new DimensionQuantity("n_%05d".formatted(i), Decimals.toAvro(Decimal.ONE)))
                    .toList());
            StatsRows.add(sum, more);
        }

        assertThat(sum.getDimensions())
                .hasSize(StatsRows.MOST_DIMENSIONS + 1)
                .isSortedAccordingTo(Comparator.comparing(DimensionQuantity::getDimension));
        Decimal total = sum.getDimensions().stream()
                .map(one -> Decimals.fromAvro(one.getQuantity()))
                .reduce(Decimal.ZERO, Decimal::plus);
        assertThat(total).isEqualTo(Decimal.of(5_001));
    }

    /** A partial is added to the quarter hour and to the day: what one becomes must not change the other. */
    @Test
    void rowsOfOneMinuteShareNothing() {
        UsageStats minute = one(counted(3, 250L));
        UsageStats quarterHour = StatsRows.first(minute, Granularity.QUARTER_HOUR);
        UsageStats day = StatsRows.first(minute, Granularity.DAY);
        StatsRows.add(day, one(counted(4, 250L)));
        StatsRows.add(day, one(counted(5, null)));

        assertThat(minute).isEqualTo(one(counted(3, 250L)));
        assertThat(quarterHour.getDimensions()).isEqualTo(minute.getDimensions());
        assertThat(quarterHour.getLatencyHistogram()).isEqualTo(minute.getLatencyHistogram());
        assertThat(day.getDimensions()).singleElement().satisfies(input -> assertThat(
                        Decimals.fromAvro(input.getQuantity()))
                .isEqualTo(Decimal.of(12)));
        assertThat(day.getLatencyHistogram().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(2);
        assertThat(day.getRequests()).isEqualTo(3);
    }

    /** A histogram that comes later must not be the one of its minute. */
    @Test
    void latenciesMayComeLater() {
        UsageStats row = StatsRows.first(one(counted(1, null)), Granularity.DAY);
        UsageStats later = one(counted(1, 90L));
        StatsRows.add(row, later);
        StatsRows.add(row, later);
        assertThat(later).isEqualTo(one(counted(1, 90L)));
        assertThat(row.getLatencyHistogram().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(2);
    }

    private static RatedUsage counted(long input, @Nullable Long latency) {
        PriceBook book = new PriceBook();
        book.put(new PriceTimeline(null, "openai", "text-embedding-3-small", 1L, 0L, List.of(price("1"))));
        Usage usage = Usage.newBuilder()
                .setEventTime(1)
                .setProvider("openai")
                .setModel("text-embedding-3-small")
                .setDimensions(List.of(new DimensionQuantity("input", Decimals.toAvro(Decimal.of(input)))))
                .build();
        RatedUsage row = row(usage, book.rate("acme", usage));
        row.setLatencyMs(latency);
        return row;
    }

    private static UsageStats one(RatedUsage row) {
        Sum sum = new Sum(Sum.Name.of(row));
        sum.add(row);
        return sum.toStats();
    }

    private static PriceItem price(String unitPrice) {
        return PriceItem.newBuilder()
                .setId("price")
                .setDimension("input")
                .setUnitPrice(Decimals.toAvro(Decimal.parse(unitPrice)))
                .setCurrency("USD")
                .setTierFrom(Decimals.toAvro(Decimal.ZERO))
                .setEffectiveFrom(0)
                .setRecordedAt(0)
                .build();
    }

    private static RatedUsage row(Usage usage, Rating rating) {
        assertThat(rating.state()).isEqualTo(RatingState.RATED);
        return RatedUsage.newBuilder()
                .setCompany("acme")
                .setSource("s")
                .setId("i")
                .setSequence(0)
                .setKind(RowKind.USAGE)
                .setCause(SubmissionKind.USAGE)
                .setState(rating.state())
                .setRequests(1)
                .setEventTime(usage.getEventTime())
                .setBookedAt(usage.getEventTime())
                .setEventsPartition(0)
                .setEventsOffset(0)
                .setProvider(usage.getProvider())
                .setModel(usage.getModel())
                .setLines(rating.lines())
                .setTokens(rating.tokens())
                .setCost(rating.cost())
                .setListCost(rating.listCost())
                .setCurrency(rating.currency())
                .build();
    }
}
