package io.tollgate.bench;

import io.tollgate.bench.process.Child;
import io.tollgate.bench.process.Servers;
import io.tollgate.bench.report.JsonReport;
import io.tollgate.bench.report.Machine;
import io.tollgate.bench.report.MarkdownReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The benchmark: each part of the pipeline in turn with the limit of the machine that it runs against. Run it with
 * {@code ./bench/run}. Every measured thing has a process of its own, and so have its servers.
 */
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        Path out = Path.of(System.getProperty("bench.home", "bench"), "target");
        if (List.of(arguments).contains("--help")) {
            System.out.print(Options.usage(Comparisons.names()));
            return;
        }
        Options options;
        try {
            options = Options.parse(List.of(arguments), Comparisons.names(), out);
        } catch (IllegalArgumentException e) {
            System.err.print(e.getMessage() + "\n" + Options.usage(Comparisons.names()));
            System.exit(2);
            return;
        }
        Child.fixClassPath();
        run(options);
    }

    private static void run(Options options) throws Exception {
        Machine machine = Machine.here();
        List<Result> results = new ArrayList<>();
        for (Comparison comparison : Comparisons.ALL) {
            if (options.wants(comparison.name())) {
                results.add(compare(comparison, options));
            }
        }
        String settings = settings(options);
        String markdown = MarkdownReport.of(machine, settings, results);
        Files.createDirectories(options.out());
        Files.writeString(options.out().resolve("results.md"), markdown);
        Files.writeString(options.out().resolve("results.json"), JsonReport.of(machine, settings, results));
        System.out.println(markdown);
        System.out.println("also in " + options.out().resolve("results.json") + " and results.md beside it");
    }

    private static Result compare(Comparison comparison, Options options) throws Exception {
        say("%s: starting servers", comparison.name());
        try (Servers servers = Servers.start();
                Measure limit = comparison.limit().open(servers);
                Measure subject = comparison.subject().open(servers)) {
            return new Alternation((name, round, reading) -> said(options, name, round, reading))
                    .run(comparison, limit, subject, options);
        }
    }

    static String settings(Options options) {
        return "%,d events a run (limits: a multiple), %d warm-up and %d measured runs of each, in turn"
                .formatted(options.events(), options.warmUps(), options.runs());
    }

    static void said(Options options, String name, int round, Reading reading) {
        say(
                "  %-26s %s %,9.0f/s  %6.2f µs CPU, %6.2f KB an event  (%,d in %.1f s)",
                name,
                round < options.warmUps() ? "warm-up" : "run " + (round - options.warmUps() + 1) + "  ",
                reading.perSecond(),
                reading.cpuMicrosPerEvent(),
                reading.allocatedBytesPerEvent() / 1e3,
                reading.events(),
                reading.nanos() / 1e9);
    }

    /** Progress, apart from the figures on standard output. */
    static void say(String format, Object... values) {
        System.err.println(String.format(Locale.ROOT, format, values));
    }
}
