package io.tollgate.chaos;

import io.tollgate.chaos.load.Load;
import io.tollgate.chaos.part.Layout;
import io.tollgate.chaos.report.ChaosReport;
import io.tollgate.chaos.report.JsonReport;
import io.tollgate.chaos.report.MarkdownReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The long run: {@code bench/chaos} starts it. Ends with 1 where the verdict does not hold. */
public final class Chaos {
    private static final Duration DELAY = Duration.ofMinutes(3);
    /** A process may stand still for half a minute and then go by the prices that it had. */
    private static final Duration PRICE_LEAD = Duration.ofSeconds(50);

    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final LongRun RUN = new LongRun("chaos");

    private Chaos() {}

    public static void main(String[] arguments) throws Exception {
        ChaosOptions options = RUN.options(
                arguments, ChaosOptions.USAGE, given -> ChaosOptions.parse(given, System.nanoTime(), RUN.out()));
        System.exit(run(options) ? 0 : 1);
    }

    private static boolean run(ChaosOptions options) throws Exception {
        Path out = Files.createDirectories(options.out());
        ChaosReport report = RUN.run(
                options.seed(),
                data -> new ChaosRun(settings(options), data, out.resolve("logs")).run(),
                ChaosReport::holds);
        Files.writeString(out.resolve("chaos.json"), JsonReport.of(report));
        String page = MarkdownReport.of(report);
        Files.writeString(out.resolve("chaos.md"), page);
        System.out.println(page);
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
}
