package io.tollgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.chaos.fault.Disturbance;
import io.tollgate.chaos.load.Load;
import io.tollgate.chaos.part.Layout;
import io.tollgate.chaos.part.Part;
import io.tollgate.chaos.part.PartKind;
import io.tollgate.chaos.part.TollgateSystem;
import io.tollgate.chaos.report.ChaosReport;
import io.tollgate.oracle.Check;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every service, the broker too, killed while a load goes on. Another order at another moment: {@code -Dseed=…}; the long
 * one, with everything that can go wrong: {@code bench/chaos}.
 */
class KillIT {
    private static final long EVENTS = 30_000;
    private static final Duration KILLED_WITHIN = Duration.ofMinutes(3);
    /** On a machine that has much else to do. */
    private static final Duration LIMIT = Duration.ofMinutes(8);

    private final long seed = Long.getLong("seed", System.nanoTime());

    @Test
    @Timeout(1_800)
    void killingEveryServiceUnderLoadLosesNothingAndCountsNothingTwice(
            @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path data) throws Exception {
        System.out.println("KillIT seed " + seed);
        ChaosRun.Settings settings = new ChaosRun.Settings(
                seed,
                Layout.small(),
                new Load.Plan(seed, 800, Duration.ofSeconds(10), Duration.ofSeconds(6)),
                EVENTS,
                LIMIT,
                Duration.ofSeconds(3),
                Duration.ofSeconds(8),
                KillIT::everyService);

        ChaosReport report = new ChaosRun(settings, data, Path.of("target", "kept-logs", "kill-it")).run();

        assertThat(report.unexpected()).isEmpty();
        assertThat(report.verdict().holds())
                .describedAs("%s", report.verdict().toJson())
                .isTrue();
        // What had nothing to compare has shown nothing. Nobody resets a quota here, and nothing accepted is
        // unreadable.
        assertThat(report.verdict().checks())
                .filteredOn(check -> check.compared() == 0)
                .extracting(Check::name)
                .isSubsetOf("quota_resets", "dead_letters");
        assertThat(report.kills()).isGreaterThanOrEqualTo(5);
        assertThat(report.acknowledged()).isGreaterThanOrEqualTo(EVENTS);
        assertThat(report.struck()).allMatch(struck -> struck.at().compareTo(KILLED_WITHIN) < 0);
        assertThat(report.retried()).isPositive();
    }

    private static Iterator<Disturbance> everyService(TollgateSystem system, Random random) {
        List<Part> parts = new ArrayList<>(Stream.of(PartKind.GATEWAY, PartKind.STREAMS, PartKind.SINK, PartKind.BROKER)
                .flatMap(kind -> system.parts(kind).stream())
                .toList());
        Collections.shuffle(parts, random);
        return parts.stream()
                .map(part -> (Disturbance) new Disturbance.Kill(part, Duration.ofMillis(random.nextInt(1_000))))
                .iterator();
    }
}
