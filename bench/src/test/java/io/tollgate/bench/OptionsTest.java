package io.tollgate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void withoutArgumentsEverythingIsRun() {
        Options options = parse();
        assertThat(options.runs()).isEqualTo(5);
        assertThat(Comparisons.names()).allMatch(options::wants);
    }

    @Test
    void onlyWhatIsNamedIsRun() {
        Options options = parse("--only", "topology,sink", "--events", "50_000", "--runs", "7", "--out", "there");
        assertThat(options.wants("gateway")).isFalse();
        assertThat(options.wants("sink")).isTrue();
        assertThat(options).isEqualTo(new Options(50_000, 7, 1, List.of("topology", "sink"), Path.of("there")));
    }

    @Test
    void whatMakesNoSenseIsRefusedWithAReason() {
        refused("'gate'", "--only", "gate");
        refused("'many'", "--runs", "many");
        refused("--runs is from 1", "--runs", "0");
        refused("--events is from 1000", "--events", "10");
        refused("--warm-ups is from 1", "--warm-ups", "0");
        refused("--events needs a value", "--events");
        refused("--speed is not known", "--speed", "9");
    }

    @Test
    void theUsageNamesEveryComparison() {
        assertThat(Options.usage(Comparisons.names())).contains(Comparisons.names());
    }

    private static void refused(String reason, String... arguments) {
        assertThatThrownBy(() -> parse(arguments))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    private static Options parse(String... arguments) {
        return Options.parse(List.of(arguments), Comparisons.names(), Path.of("out"));
    }
}
