package io.tollgate.pricing;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.PriceItem;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.avro.Usage;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Small price books and usages for the tests, all of provider openai and model gpt-4o. */
final class Books {
    static final String COMPANY = "acme";
    static final long JANUARY = micros("2026-01-01T00:00:00Z");

    private static int ids;

    private Books() {}

    static long micros(String time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
    }

    static ExactDecimal exact(String text) {
        return Decimals.toAvro(Decimal.parse(text));
    }

    static PriceItem price(String dimension, String unitPrice) {
        return item(dimension).setUnitPrice(exact(unitPrice)).setCurrency("USD").build();
    }

    static PriceItem multiplier(String dimension, String factor) {
        return item(dimension)
                .setMultiplier(exact(factor))
                .setServiceTier(Conditions.ANY)
                .build();
    }

    static PriceItem.Builder item(String dimension) {
        return PriceItem.newBuilder()
                .setId("price_" + ++ids)
                .setDimension(dimension)
                .setTierFrom(exact("0"))
                .setEffectiveFrom(JANUARY)
                .setRecordedAt(JANUARY);
    }

    static PriceTimeline timeline(@Nullable String company, String provider, String model, PriceItem... items) {
        return PriceTimeline.newBuilder()
                .setCompany(company)
                .setProvider(provider)
                .setModel(model)
                .setVersion(1)
                .setChangedAt(JANUARY)
                .setItems(List.of(items))
                .build();
    }

    static PriceBook globalBook(PriceItem... items) {
        PriceBook book = new PriceBook();
        book.put(timeline(null, "openai", "gpt-4o", items));
        return book;
    }

    /** A usage in March 2026 of pairs of dimension and quantity. */
    static Usage usage(String... dimensions) {
        List<DimensionQuantity> counted = new ArrayList<>();
        for (int i = 0; i < dimensions.length; i += 2) {
            counted.add(new DimensionQuantity(dimensions[i], exact(dimensions[i + 1])));
        }
        return Usage.newBuilder()
                .setEventTime(micros("2026-03-15T12:00:00Z"))
                .setProvider("openai")
                .setModel("gpt-4o")
                .setDimensions(counted)
                .build();
    }

    static @Nullable String text(@Nullable ExactDecimal amount) {
        return amount == null ? null : Decimals.fromAvro(amount).toString();
    }
}
