package io.tollgate.gateway.format;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.PriceItem;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.avro.Usage;
import io.tollgate.pricing.PriceBook;
import io.tollgate.pricing.Rating;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A case's price items as a price book, and its reading as a usage. */
final class CasePrices {
    private static final Instant NOON = Instant.parse("2025-12-01T12:00:00Z");

    private CasePrices() {}

    /** Prices the reading by the case's own items; what the case says of the call beside its body wins. */
    static Rating rate(JsonNode aCase, Reading reading) {
        return rate(aCase, reading, aCase.get("model").stringValue());
    }

    /** As if the case's prices were those of another model. */
    static Rating rate(JsonNode aCase, Reading reading, String pricedModel) {
        String provider = aCase.get("provider").stringValue();
        PriceBook book = new PriceBook();
        book.put(new PriceTimeline(null, provider, pricedModel, 1L, 0L, items(aCase)));
        JsonNode context = aCase.path("context");
        String tier = Counts.text(context, "service_tier");
        String region = Counts.text(context, "region");
        List<DimensionQuantity> dimensions = new ArrayList<>();
        reading.quantities()
                .forEach((name, quantity) -> dimensions.add(new DimensionQuantity(name, Decimals.toAvro(quantity))));
        String time = Counts.text(context, "occurred_at");
        return book.rate(
                "acme",
                Usage.newBuilder()
                        .setEventTime(
                                ChronoUnit.MICROS.between(Instant.EPOCH, time == null ? NOON : Instant.parse(time)))
                        .setProvider(provider)
                        .setModel(aCase.get("model").stringValue())
                        .setServiceTier(tier == null ? reading.serviceTier() : ServiceTiers.of(tier))
                        .setRegion(region == null ? regionOf(context, reading) : region)
                        .setVariant(reading.variant())
                        .setSpeed(reading.speed())
                        .setDimensions(dimensions)
                        .build());
    }

    /** OpenAI's regional hosts begin with the region. */
    private static @Nullable String regionOf(JsonNode context, Reading reading) {
        String host = Counts.text(context, "server_address");
        return host == null ? reading.region() : host.substring(0, host.indexOf('.'));
    }

    private static List<PriceItem> items(JsonNode aCase) {
        List<PriceItem> items = new ArrayList<>();
        for (JsonNode item : aCase.path("price_items")) {
            items.add(item(item, items.size()));
        }
        for (Map.Entry<String, JsonNode> price : aCase.path("prices").properties()) {
            items.add(plain(price.getKey(), items.size())
                    .setUnitPrice(Decimals.toAvro(Decimal.parse(price.getValue().stringValue())))
                    .setCurrency("USD")
                    .build());
        }
        return items;
    }

    private static PriceItem.Builder plain(String dimension, int number) {
        return PriceItem.newBuilder()
                .setId("price_" + number)
                .setDimension(dimension)
                .setTierFrom(Decimals.toAvro(Decimal.ZERO))
                .setEffectiveFrom(0L)
                .setRecordedAt(0L);
    }

    private static PriceItem item(JsonNode item, int number) {
        Map<String, String> when = new HashMap<>();
        item.path("when")
                .properties()
                .forEach(one -> when.put(one.getKey(), one.getValue().stringValue()));
        boolean isMultiplier = item.has("multiplier");
        return plain(item.get("dimension").stringValue(), number)
                .setUnit(Counts.text(item, "unit"))
                .setUnitPrice(exact(item, "unit_price"))
                .setMultiplier(exact(item, "multiplier"))
                .setWhen(when)
                .setCurrency(Counts.text(item, "currency"))
                .setTierFrom(
                        Decimals.toAvro(Decimal.parse(item.path("tier_from").asString("0"))))
                .setTierInclusive(item.path("tier_inclusive").asBoolean(false))
                .setTierBasis(item.path("tier_basis").asString("input_tokens"))
                .setServiceTier(isMultiplier ? "*" : item.get("service_tier").stringValue())
                .setRegion(Counts.text(item, "region"))
                .setVariant(Counts.text(item, "variant"))
                .setTimeWindowUtc(Counts.text(item, "time_window_utc"))
                .build();
    }

    private static @Nullable ExactDecimal exact(JsonNode item, String member) {
        return Decimals.toAvroOrNull(Counts.number(item, member));
    }
}
