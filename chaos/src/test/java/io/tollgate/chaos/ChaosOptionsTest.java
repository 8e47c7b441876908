package io.tollgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChaosOptionsTest {
    private static final Path OUT = Path.of("out");

    @Test
    void withoutOptionsItIsTheLongRun() {
        assertThat(ChaosOptions.parse(List.of(), 7, OUT))
                .isEqualTo(new ChaosOptions(Scenario.KILLS, 7, 1_000_000, 50, 1_500, 90, 600, false, OUT));
    }

    @Test
    void everyOptionIsTaken() {
        assertThat(ChaosOptions.parse(
                        List.of(
                                "--events",
                                "20_000",
                                "--kills",
                                "3",
                                "--seed",
                                "-5",
                                "--rate",
                                "400",
                                "--minutes",
                                "4",
                                "--layout",
                                "small",
                                "--out",
                                "elsewhere"),
                        7,
                        OUT))
                .isEqualTo(new ChaosOptions(Scenario.KILLS, -5, 20_000, 3, 400, 4, 600, true, Path.of("elsewhere")));
    }

    @Test
    void anotherScenarioHasOtherDefaultsAndKillsNothing() {
        assertThat(parse("--scenario", "outage", "--away", "30"))
                .isEqualTo(new ChaosOptions(Scenario.OUTAGE, 7, 50_000, 0, 1_500, 90, 30, false, OUT));
        assertThat(parse("--scenario", "upgrade").kills()).isZero();
        assertThatThrownBy(() -> parse("--scenario", "upgrade", "--kills", "3")).hasMessageContaining("kills alone");
        assertThatThrownBy(() -> parse("--scenario", "flood")).hasMessageContaining("kills, upgrade or outage");
        assertThatThrownBy(() -> parse("--scenario", "outage", "--away", "0")).hasMessageContaining("--away");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> parse("--kills", "0")).hasMessageContaining("--kills");
        assertThatThrownBy(() -> parse("--kills", "many")).hasMessageContaining("'many'");
        assertThatThrownBy(() -> parse("--layout", "huge")).hasMessageContaining("whole or small");
        assertThatThrownBy(() -> parse("--kill", "3")).hasMessageContaining("--kill is not known");
        assertThatThrownBy(() -> parse("--seed")).hasMessageContaining("needs a value");
    }

    private static ChaosOptions parse(String... arguments) {
        return ChaosOptions.parse(List.of(arguments), 7, OUT);
    }
}
