package io.tollgate.bench.report;

import static io.tollgate.bench.report.Figures.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FiguresTest {
    private static final Machine MACHINE = new Machine("abacus", 2, 1024, "Linux", "JVM 17", "4.3.1");
    private static final Figures.Column P99 = column("p99, ms", 1);

    private final Figures figures = new Figures("waits", "as shipped", "route", column("p50, ms", 2), P99);

    @Test
    void aPageHasTheMachineTheSettingAndTheTable() {
        figures.row("bare", 0.214, 1_234.56);
        assertThat(figures.page(MACHINE))
                .startsWith("Machine: abacus, 2 cores")
                .contains("\n\nas shipped.\n\n")
                .contains("| bare  | 0.21    | 1,234.6 |");
    }

    @Test
    void theJsonHasAllDigitsAndTheCharts() {
        figures.row("bare", 0.214, 1_234.56);
        figures.chart("waits-p99", "Waits", P99);
        JsonNode json = JsonMapper.shared().readTree(figures.json(MACHINE));
        assertThat(json.at("/rows/0/route").asString()).isEqualTo("bare");
        assertThat(json.at("/rows/0/p50, ms").asDouble()).isEqualTo(0.214);
        assertThat(json.at("/charts/0/bars/0/value").asDouble()).isEqualTo(1_234.56);
    }

    @Test
    void aRowOfAnotherWidthIsRefused() {
        assertThatThrownBy(() -> figures.row("bare", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatWasKeptIsDrawnAndCollected(@TempDir Path folder) throws Exception {
        figures.row("bare", 0.2, 3);
        figures.chart("waits-p99", "Waits", P99, new Chart.Mark(2, "under 2 ms"));
        Files.writeString(folder.resolve("waits.json"), figures.json(MACHINE));
        Files.writeString(folder.resolve("waits.md"), figures.page(MACHINE));
        Files.writeString(folder.resolve("all.md"), "of the last time");

        assertThat(Collected.draw(folder, folder.resolve("charts"))).isEqualTo(1);

        assertThat(folder.resolve("charts/waits-p99.svg")).content().contains("<svg", "under 2 ms");
        assertThat(Collected.page(folder)).startsWith("## waits\n\nMachine").doesNotContain("last time");
    }
}
