package io.tollgate.bench.load;

import io.tollgate.avro.PriceItem;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.pricing.PriceBook;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The models that are called, and what their vendors charge: prices of three years, of which the last is in force. */
public final class Catalog {
    private static final List<Instant> STARTS = List.of(
            Instant.parse("2024-01-01T00:00:00Z"),
            Instant.parse("2025-01-01T00:00:00Z"),
            Instant.parse("2026-01-01T00:00:00Z"));

    static final List<Model> MODELS = List.of(
            new Model(
                    "openai",
                    "gpt-4o",
                    "chat",
                    List.of(
                            new Rate("input", "token", "0.0000025", 12_000),
                            new Rate("cache_read", "token", "0.00000125", 8_000),
                            new Rate("output", "token", "0.00001", 2_000))),
            new Model(
                    "openai",
                    "gpt-4o-mini",
                    "chat",
                    List.of(
                            new Rate("input", "token", "0.00000015", 12_000),
                            new Rate("output", "token", "0.0000006", 2_000))),
            new Model(
                    "anthropic",
                    "claude-sonnet-4-5",
                    "chat",
                    List.of(
                            new Rate("input", "token", "0.000003", 9_000),
                            new Rate("cache_read", "token", "0.0000003", 40_000),
                            new Rate("cache_write_5m", "token", "0.00000375", 4_000),
                            new Rate("output", "token", "0.000015", 3_000))),
            new Model(
                    "anthropic",
                    "claude-haiku-4-5",
                    "chat",
                    List.of(
                            new Rate("input", "token", "0.000001", 9_000),
                            new Rate("output", "token", "0.000005", 1_500))),
            new Model(
                    "gemini",
                    "gemini-2.5-flash",
                    "generate_content",
                    List.of(
                            new Rate("input", "token", "0.0000003", 20_000),
                            new Rate("reasoning", "token", "0.0000025", 2_000),
                            new Rate("output", "token", "0.0000025", 2_000))),
            new Model(
                    "mistral",
                    "mistral-large-2411",
                    "chat",
                    List.of(
                            new Rate("input", "token", "0.000002", 8_000),
                            new Rate("output", "token", "0.000006", 1_500))),
            new Model(
                    "openai",
                    "whisper-1",
                    "transcription",
                    List.of(new Rate("audio_second", "second", "0.0001", 9_000))));

    private Catalog() {}

    record Model(String provider, String name, String operation, List<Rate> rates) {}

    /** @param most of the dimension in one call */
    record Rate(String dimension, String unit, String price, int most) {
        boolean isFractional() {
            return unit.equals("second");
        }
    }

    /** One timeline for each model, in the global book. */
    public static List<PriceTimeline> timelines() {
        List<PriceTimeline> timelines = new ArrayList<>();
        for (Model model : MODELS) {
            List<PriceItem> items = new ArrayList<>();
            for (Rate rate : model.rates()) {
                for (Instant start : STARTS) {
                    items.add(item(model, rate, start));
                }
            }
            long version = timelines.size() + 1L;
            timelines.add(
                    new PriceTimeline(null, model.provider(), model.name(), version, micros(STARTS.get(0)), items));
        }
        return timelines;
    }

    public static PriceBook book() {
        PriceBook book = new PriceBook();
        timelines().forEach(book::put);
        return book;
    }

    private static PriceItem item(Model model, Rate rate, Instant start) {
        PriceItem item = new PriceItem();
        item.setId(model.name() + "-" + rate.dimension() + "-" + start.toEpochMilli());
        item.setDimension(rate.dimension());
        item.setUnit(rate.unit());
        item.setUnitPrice(Decimals.toAvro(Decimal.parse(rate.price())));
        item.setWhen(Map.of());
        item.setCurrency("USD");
        item.setTierFrom(Decimals.toAvro(Decimal.ZERO));
        item.setTierInclusive(false);
        item.setTierBasis("input_tokens");
        item.setServiceTier("standard");
        item.setEffectiveFrom(micros(start));
        item.setRecordedAt(micros(start));
        return item;
    }

    private static long micros(Instant at) {
        return at.toEpochMilli() * 1_000;
    }
}
