package io.tollgate.chaos;

import io.tollgate.chaos.load.Load;
import io.tollgate.chaos.part.Layout;
import io.tollgate.chaos.report.ChaosReport;
import io.tollgate.chaos.report.JsonReport;
import io.tollgate.chaos.report.MarkdownReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The long run: {@code bench/chaos} starts it. Ends with 1 where the verdict does not hold. */
public final class Chaos {
    private static final Duration DELAY = Duration.ofMinutes(3);
    /** A process may stand still for half a minute and then go by the prices that it had. */
    private static final Duration PRICE_LEAD = Duration.ofSeconds(50);

    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int USAGE = 2;

    private Chaos() {}

    public static void main(String[] arguments) throws Exception {
        if (List.of(arguments).contains("--help")) {
            System.out.print(ChaosOptions.USAGE);
            return;
        }
        ChaosOptions options;
        try {
            options = ChaosOptions.parse(
                    List.of(arguments), System.nanoTime(), Path.of(System.getProperty("chaos.out", "target/chaos")));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(ChaosOptions.USAGE);
            System.exit(USAGE);
            return;
        }
        System.exit(run(options) ? 0 : 1);
    }

    private static boolean run(ChaosOptions options) throws Exception {
        System.out.println("chaos: seed " + options.seed());
        Path out = Files.createDirectories(options.out());
        Path data = Files.createTempDirectory("tollgate-chaos-");
        ChaosReport report;
        try {
            report = new ChaosRun(settings(options), data, out.resolve("logs")).run();
        } catch (Exception e) {
            System.err.println("chaos: seed " + options.seed() + " broke off; the data stays in " + data);
            throw e;
        }
        Files.writeString(out.resolve("chaos.json"), JsonReport.of(report));
        String page = MarkdownReport.of(report);
        Files.writeString(out.resolve("chaos.md"), page);
        System.out.println(page);
        if (report.holds()) {
            delete(data);
        } else {
            System.err.println("chaos: the data stays in " + data);
        }
        return report.holds() && report.kills() >= options.kills() && report.acknowledged() >= options.events();
    }

    private static ChaosRun.Settings settings(ChaosOptions options) {
        return new ChaosRun.Settings(
                options.seed(),
                options.small() ? Layout.small() : Layout.whole(),
                new Load.Plan(options.seed(), options.rate(), DELAY, PRICE_LEAD),
                options.events(),
                Duration.ofMinutes(options.minutes()),
                QUIET,
                PATIENCE,
                (system, random) -> options.scenario().of(options, system, random));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
