package io.tollgate.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.bench.Reading;
import io.tollgate.bench.Result;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {
    private static final Machine MACHINE = new Machine("abacus", 2, 1024, "Linux", "JVM 17", "4.3.1");
    private static final Result RESULT = new Result(
            "sink",
            "rate ≥ 0.6 of COPY's",
            "as shipped",
            false,
            "COPY",
            List.of(new Reading(4_000, 1_000_000_000, 8_000_000, 6_000_000)),
            "sink",
            List.of(new Reading(2_000, 1_000_000_000, 8_000_000, 6_000_000)));

    @Test
    void aTableIsAlignedMarkdown() {
        Table table = new Table("measure", "n");
        table.row("a", "1,000");
        assertThat(table)
                .hasToString(
                        """
                        | measure | n     |
                        |---------|-------|
                        | a       | 1,000 |
                        """);
    }

    @Test
    void aRowOfAnotherWidthIsRefused() {
        assertThatThrownBy(() -> new Table("one").row("a", "b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thePageHasFiguresRatiosAndTheMachine() {
        String page = MarkdownReport.of(MACHINE, "1 run", List.of(RESULT));
        assertThat(page)
                .contains("abacus, 2 cores")
                .contains("4,000 (4,000–4,000)")
                .contains("**0.50**")
                .contains("2.0")
                .contains("as shipped");
    }

    @Test
    void allocationIsInKilobytesForAnEvent() {
        assertThat(MarkdownReport.of(MACHINE, "1 run", List.of(RESULT)))
                .containsPattern("\\| COPY +\\| .* \\| 1\\.50 ")
                .containsPattern("\\| sink +\\| .* \\| 3\\.00 ");
    }

    @Test
    void theJsonHasEveryRun() {
        JsonNode json = JsonMapper.shared().readTree(JsonReport.of(MACHINE, "1 run", List.of(RESULT)));
        assertThat(json.at("/machine/cores").asInt()).isEqualTo(2);
        assertThat(json.at("/results/0/rate_ratio").asDouble()).isEqualTo(0.5);
        assertThat(json.at("/results/0/subject/runs/0/cpu_micros_per_event").asDouble())
                .isEqualTo(4.0);
        assertThat(json.at("/charts/0/name").asString()).isEqualTo("sink-rate");
        assertThat(json.at("/charts/0/bars/1/value").asDouble()).isEqualTo(2_000);
        assertThat(json.at("/charts/0/target/value").asDouble()).isEqualTo(2_400);
    }
}
