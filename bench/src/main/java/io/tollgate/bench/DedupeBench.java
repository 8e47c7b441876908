package io.tollgate.bench;

import io.tollgate.bench.Comparison.Basis;
import io.tollgate.bench.process.Child;
import io.tollgate.bench.process.Servers;
import io.tollgate.bench.report.Machine;
import io.tollgate.bench.report.MarkdownReport;
import io.tollgate.bench.topology.EntryFigures;
import io.tollgate.bench.topology.MeteringProcess;
import io.tollgate.bench.topology.MeteringProcess.Restored;
import io.tollgate.bench.topology.TopologyComparison;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The topology with millions of ids in its dedupe state: how fast it reads them when it starts without its state, what they
 * take of memory and disk, how often a look-up of a new id has to read a block, and how fast it meters with them, beside the
 * pass-through.
 */
public final class DedupeBench {
    private static final String USAGE =
            """
            usage: ./bench/run dedupe [IDS] [--events N] [--runs N] [--warm-ups N] [--out DIR]
              IDS  in the dedupe state before the first event (default 10000000); the rest is as ./bench/run has it
            """;

    private static final int IDS = 10_000_000;
    private static final int FEWEST_IDS = 10_000;
    private static final int RESTORES = 3;
    private static final int FACTOR = 5;

    private DedupeBench() {}

    public static void main(String[] arguments) throws Exception {
        List<String> rest = new ArrayList<>(List.of(arguments));
        if (rest.contains("--help")) {
            System.out.print(USAGE);
            return;
        }
        int ids = rest.isEmpty() || rest.get(0).startsWith("-")
                ? IDS
                : Integer.parseInt(rest.remove(0).replace("_", ""));
        if (ids < FEWEST_IDS) {
            throw new IllegalArgumentException("IDS is " + FEWEST_IDS + " or more");
        }
        Options options =
                Options.parse(rest, Comparisons.names(), Path.of(System.getProperty("bench.home", "bench"), "target"));
        Child.fixClassPath();
        run(ids, options);
    }

    private static void run(int ids, Options options) throws Exception {
        Bench.say("dedupe: starting servers, writing %,d ids", ids);
        try (Servers servers = Servers.start();
                MeteringProcess metering = TopologyComparison.metering(servers)) {
            List<Restored> restored = new ArrayList<>();
            restored.add(told(metering.remember(ids)));
            while (restored.size() < RESTORES) {
                restored.add(told(metering.restore()));
            }
            EntryFigures figures = metering.files();
            if (figures.entries() < ids) {
                throw new IllegalStateException("of " + ids + " ids the store has " + figures.entries());
            }
            Result result;
            try (Measure passThrough = TopologyComparison.passThrough(servers)) {
                result = new Alternation((name, round, reading) -> Bench.said(options, name, round, reading))
                        .run(comparison(ids), passThrough, metering, options);
            }
            String settings = "%,d ids, %,d events a run, %d warm-up and %d measured runs of each, in turn"
                    .formatted(ids, options.events(), options.warmUps(), options.runs());
            String page =
                    MarkdownReport.of(Machine.here(), settings, List.of(result)) + "\n" + table(restored, figures);
            Files.createDirectories(options.out());
            Files.writeString(options.out().resolve("dedupe.md"), page);
            System.out.println(page);
        }
    }

    private static Restored told(Restored restored) {
        Bench.say(
                "  restored %,d ids in %.1f s, %,.0f a second",
                restored.ids(), restored.nanos() / 1e9, restored.perSecond());
        return restored;
    }

    private static Comparison comparison(int ids) {
        return new Comparison(
                "topology",
                TopologyComparison::passThrough,
                TopologyComparison::metering,
                FACTOR,
                Basis.RATE,
                "rate ≥ 0.30 of the pass-through's with 10,000,000 ids, ≥ 0.20 with 50,000,000",
                "both exactly-once, %d threads, %d partitions, commits every 100 ms; %,d ids of two generations in the dedupe state, events never seen before"
                        .formatted(TopologyComparison.THREADS, Servers.PARTITIONS, ids));
    }

    private static String table(List<Restored> restored, EntryFigures figures) {
        double perSecond =
                Median.of(restored.stream().mapToDouble(Restored::perSecond).toArray());
        return String.format(
                Locale.ROOT,
                """
                | dedupe state of %,d ids | figure | to reach |
                |---|---|---|
                | ids restored a second, from start to running (%.0f s) | %,.0f | ≥ 300,000 |
                | index and filters in memory, bytes an id | %.1f (filter %.2f, index %.2f) | ≤ 32, the bare id being 16 |
                | files, bytes an id | %.0f | |
                | look-ups of new ids that read no block | %.2f %% | nearly all |
                | a look-up of a new id in the files, µs | %.2f | |
                """,
                figures.entries(),
                figures.entries() / perSecond,
                perSecond,
                figures.memoryPerId(),
                figures.filterPerId(),
                figures.indexPerId(),
                figures.diskPerId(),
                figures.shareWithoutReading() * 100,
                figures.microsPerLookUp());
    }
}
