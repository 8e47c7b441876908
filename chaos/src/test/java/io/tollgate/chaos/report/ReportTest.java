package io.tollgate.chaos.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.chaos.load.Answered;
import io.tollgate.chaos.part.Layout;
import io.tollgate.chaos.watch.CatchUp;
import io.tollgate.chaos.watch.Footprints;
import io.tollgate.chaos.watch.Watch;
import io.tollgate.oracle.Check;
import io.tollgate.oracle.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {
    @Test
    void timesAreByKindMedianAndWorst() {
        assertThat(MarkdownReport.of(report(0, 0, List.of())))
                .contains("the books hold")
                .contains("| kill sink | 3 | 3 | 1.0 s / 1.0 s | 2.0 s / 2.0 s | 6.0 s / 9.0 s |")
                .contains("| halt streams | 1 | 0 |");
    }

    @Test
    void whatProducersSawAndWhatIsCaughtUpIsTold() {
        assertThat(MarkdownReport.of(report(0, 0, List.of())))
                .contains("| 0.0 s | kill sink | sink-1 | 1,200 | 3 | 2 | 1 | 0 | 1.5 s | 8.4 s | 0.1 s |")
                .containsOnlyOnce(
                        "After halt streams the sink was 60,000 records of usage.rated behind and took in 4,000 a second, 4.0 times what came each second (1,000), for 20.0 s.")
                .contains("| gateway-1 | 200 | 350 |");
        JsonNode json = JsonMapper.shared().readTree(JsonReport.of(report(0, 0, List.of())));
        assertThat(json.at("/disturbances/0/answered/pause_ms").asLong()).isEqualTo(1_500);
        assertThat(json.at("/disturbances/0/answered/refusal_ms").asLong()).isEqualTo(8_400);
        assertThat(json.at("/disturbances/2/catch_up/per_second").asLong()).isEqualTo(4_000);
        assertThat(json.at("/memory/0/most_mb").asLong()).isEqualTo(350);
    }

    @Test
    void whatWasLostOrDoubledOrAnsweredWronglyDoesNotHold() {
        assertThat(report(0, 0, List.of()).holds()).isTrue();
        assertThat(report(1, 0, List.of()).holds()).isFalse();
        assertThat(report(0, 1, List.of()).holds()).isFalse();
        assertThat(report(0, 0, List.of("500")).holds()).isFalse();
        assertThat(MarkdownReport.of(report(1, 0, List.of()))).contains("DO NOT HOLD");
    }

    @Test
    void theJsonHasTheSame() {
        JsonNode json = JsonMapper.shared().readTree(JsonReport.of(report(2, 3, List.of())));
        assertThat(json.get("lost").asLong()).isEqualTo(2);
        assertThat(json.get("doubled").asLong()).isEqualTo(3);
        assertThat(json.get("holds").asBoolean()).isFalse();
        assertThat(json.get("kills").asInt()).isEqualTo(3);
        assertThat(json.get("disturbances").size()).isEqualTo(4);
        assertThat(json.at("/kinds/1/sink/worst_ms").asLong()).isEqualTo(9_000);
        assertThat(json.at("/verdict/checks/0/differing").asLong()).isEqualTo(2);
    }

    private static ChaosReport report(long lost, long doubled, List<String> unexpected) {
        Duration second = Duration.ofSeconds(1);
        return new ChaosReport(
                5,
                Layout.whole(),
                1_000,
                7,
                3,
                second,
                second,
                second,
                List.of(
                        struck("kill sink", 1, 9),
                        struck("kill sink", 1, 6),
                        struck("halt streams", 0, 3),
                        struck("kill sink", 1, 4)),
                List.of(new Footprints.Footprint("gateway-1", 200, 350)),
                unexpected,
                doubled,
                new Verdict(List.of(new Check("acknowledged_has_a_place", 1_000, lost, List.of()))));
    }

    private static Struck struck(String kind, int kills, int sinkSeconds) {
        return new Struck(
                kind,
                "sink-1",
                kills,
                Duration.ZERO,
                Duration.ZERO,
                new Watch.Recovery(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(sinkSeconds)),
                new Answered(
                        1_200, 3, 2, 1, 0, Duration.ofMillis(1_500), Duration.ofMillis(8_400), Duration.ofMillis(120)),
                kills == 0 ? new CatchUp(60_000, Duration.ofSeconds(20), 4_000, 1_000) : null);
    }
}
