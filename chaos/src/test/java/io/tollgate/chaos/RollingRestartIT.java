package io.tollgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.chaos.fault.RollingRestart;
import io.tollgate.chaos.load.Load;
import io.tollgate.chaos.part.Layout;
import io.tollgate.chaos.report.ChaosReport;
import io.tollgate.chaos.report.Struck;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * An upgrade: every service is stopped and started under load, one instance after the other. With two gateways, and
 * figures: {@code bench/chaos --scenario upgrade}.
 */
class RollingRestartIT {
    private static final long EVENTS = 5_000;
    private static final int SERVICES = 5;

    private final long seed = Long.getLong("seed", System.nanoTime());

    @Test
    @Timeout(900)
    void stoppingAndStartingEachServiceUnderLoadLosesNothingAndLeavesNobodyWithoutAnAnswer(
            @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path data) throws Exception {
        System.out.println("RollingRestartIT seed " + seed);
        ChaosRun.Settings settings = new ChaosRun.Settings(
                seed,
                Layout.small(),
                new Load.Plan(seed, 400, Duration.ofSeconds(5), Duration.ofSeconds(6)),
                EVENTS,
                Duration.ofMinutes(8),
                Duration.ofMillis(100),
                Duration.ofMinutes(2),
                (system, random) -> RollingRestart.of(system));

        ChaosReport report = new ChaosRun(settings, data, Path.of("target", "kept-logs", "rolling-restart-it")).run();

        assertThat(report.unexpected()).isEmpty();
        assertThat(report.verdict().holds())
                .describedAs("%s", report.verdict().toJson())
                .isTrue();
        assertThat(report.lost()).isZero();
        assertThat(report.doubled()).isZero();
        assertThat(report.struck()).hasSize(SERVICES).allSatisfy(RollingRestartIT::assertEveryRequestIsAnswered);
    }

    /** Acknowledged, or told that it was not; or nobody was there to take it. */
    private static void assertEveryRequestIsAnswered(Struck struck) {
        assertThat(struck.answered().broken()).describedAs("%s", struck).isZero();
        assertThat(struck.answered().late()).describedAs("%s", struck).isZero();
    }
}
