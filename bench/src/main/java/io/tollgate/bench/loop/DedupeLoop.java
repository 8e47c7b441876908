package io.tollgate.bench.loop;

import io.tollgate.avro.Entry;
import io.tollgate.bench.load.Catalog;
import io.tollgate.pricing.PriceBook;
import io.tollgate.streams.dedupe.Arrival;
import io.tollgate.streams.dedupe.Decision;
import io.tollgate.streams.dedupe.EntryDecision;
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

/** What a usage does to its event, without the store: the first time, priced and with its ledger row, and the second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DedupeLoop {
    private final PriceBook prices = Catalog.book();
    private final Arrival arrival = NewUsage.arrival();
    private final Entry entry = NewUsage.entry();

    @Benchmark
    public Decision newUsage() {
        return EntryDecision.decide(null, arrival, prices);
    }

    @Benchmark
    public Decision duplicate() {
        return EntryDecision.decide(entry, arrival, prices);
    }
}
