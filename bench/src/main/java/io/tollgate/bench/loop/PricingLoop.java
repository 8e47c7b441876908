package io.tollgate.bench.loop;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.Usage;
import io.tollgate.bench.load.Catalog;
import io.tollgate.pricing.PriceBook;
import io.tollgate.pricing.Rating;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One event with three dimensions, priced out of timelines of three years: the model named exactly, dated, and unknown. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PricingLoop {
    private final PriceBook book = Catalog.book();
    private final Usage exact = usage("gpt-4o");
    private final Usage dated = usage("gpt-4o-2024-08-06");
    private final Usage unknown = usage("nobody-has-heard-of-it");

    @Benchmark
    public Rating exactModel() {
        return book.rate("acme", exact);
    }

    @Benchmark
    public Rating datedModel() {
        return book.rate("acme", dated);
    }

    @Benchmark
    public Rating unknownModel() {
        return book.rate("acme", unknown);
    }

    private static Usage usage(String model) {
        return Usage.newBuilder()
                .setEventTime(Instant.parse("2026-03-15T12:00:00Z").toEpochMilli() * 1_000)
                .setProvider("openai")
                .setModel(model)
                .setDimensions(List.of(count("input", 86), count("cache_read", 1_920), count("output", 300)))
                .build();
    }

    private static DimensionQuantity count(String dimension, long quantity) {
        return new DimensionQuantity(dimension, Decimals.toAvro(Decimal.of(quantity)));
    }
}
