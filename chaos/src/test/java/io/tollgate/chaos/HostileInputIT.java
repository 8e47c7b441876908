package io.tollgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.chaos.fuzz.FuzzReport;
import io.tollgate.chaos.fuzz.FuzzRun;
import io.tollgate.chaos.part.Layout;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Other inputs: {@code -Dseed=…}; more of them: {@code bench/fuzz}. */
@EnabledIfSystemProperty(
        named = "fuzz",
        matches = "true",
        disabledReason = "asked for by -Dfuzz=true, see docs/hostile-input.md")
class HostileInputIT {
    private static final long INPUTS = Long.getLong("inputs", 20_000);

    private final long seed = Long.getLong("seed", System.nanoTime());

    @Test
    @Timeout(1_800)
    void noInputStopsAnythingOrGetsIntoTheBooksWhereItIsRefused(@TempDir Path data) throws Exception {
        System.out.println("HostileInputIT seed " + seed);
        FuzzRun.Settings settings = new FuzzRun.Settings(seed, Layout.single(), INPUTS);

        FuzzReport report = new FuzzRun(settings, data, Path.of("target", "kept-logs", "hostile-input-it")).run();

        System.out.println(report.toJson());
        assertThat(report.holds()).describedAs("%s", report.toJson()).isTrue();
        assertThat(report.inputs()).isGreaterThanOrEqualTo(INPUTS);
        assertThat(report.events()).isPositive();
    }
}
