package io.tollgate.standalone.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromQlTest {
    private static final Map<String, Set<String>> KNOWN = Map.of(
            "up", Set.of(),
            "events_total", Set.of("code"),
            "lag", Set.of("group", "topic"),
            "delay_seconds_bucket", Set.of("topic", "le"),
            "delay_seconds_count", Set.of("topic"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "up == 0",
                "events_total{code=\"a b, c}\"}",
                "sum(rate(events_total[5m]))",
                "sum by (code) (rate(events_total{code!~\"x|y\", job='gateway'}[$__rate_interval]))",
                "sum(rate(events_total[5m])) by (code, instance)",
                "max without (topic) (lag) > 1e3",
                "histogram_quantile(0.99, sum by (le) (rate(delay_seconds_bucket{topic=\"usage.rated\"}[5m])))",
                "histogram_quantile(0.5, sum by (le, topic) (rate(delay_seconds_bucket[5m]))) > 1.5",
                "topk(5, sum by (group) (lag)) / on (group) group_left sum by (group) (lag offset 5m)",
                "clamp_min(-sum(up), 1) + 3 * (2 - 1)",
                "(sum(rate(events_total[5m])) or vector(0)) > 0 and sum(up) > 0",
                "absent(up{job=\"sink\"}) or min_over_time(up[1h:1m]) < 1",
            })
    void whatThereIsMayBeAskedFor(String query) {
        assertThat(PromQl.objections(query, KNOWN)).isEmpty();
    }

    @Test
    void whatThereIsNotIsNamed() {
        assertThat(objections("sum(rate(event_total[5m])) / sum(up)")).containsExactly("no metric event_total");
        assertThat(objections("events_total{cod=\"x\"}")).containsExactly("no label cod on events_total");
        assertThat(objections("sum by (topic) (events_total)"))
                .containsExactly("no label topic for by among [code, instance, job]");
        assertThat(objections("sum by (topic) (sum by (group) (lag))"))
                .containsExactly("no label topic for by among [group]");
        assertThat(objections("sum by (group) (sum(lag))")).containsExactly("no label group for by among []");
        assertThat(objections("sum(lag) without (kind)"))
                .containsExactly("no label kind for without among [group, instance, job, topic]");
        assertThat(objections("sum by (topic) (sum without (topic) (lag))"))
                .containsExactly("no label topic for by among [group, instance, job]");
        assertThat(objections("histogram_quantile(0.9, sum by (topic) (rate(delay_seconds_bucket[5m])))"))
                .containsExactly("no label le for histogram_quantile among [topic]");
        assertThat(objections("histogram_quantile(0.9, rate(delay_seconds_count[5m]))"))
                .containsExactly("no label le for histogram_quantile among [instance, job, topic]");
        assertThat(objections("lag / on (code) events_total"))
                .containsExactly("no label code for on among [group, instance, job, topic]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sum(up",
                "up up",
                "rate(up[five])",
                "up{code}",
                "up{code=x}",
                "frobnicate(up)",
                "sum by code (up)",
                "up{code=\"x}",
                "up $",
                ") up"
            })
    void whatIsNoQueryIsRefused(String query) {
        assertThatThrownBy(() -> PromQl.objections(query, KNOWN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPageIsReadWithItsTypesAndLabels() {
        Scrape scrape = new Scrape();
        scrape.add(
                """
                # HELP events_total Events, "all" of them
                # TYPE events_total counter
                events_total{code="a \\"b\\", c=d",kind="x"} 1.0
                # TYPE up gauge
                up NaN
                """);

        assertThat(scrape.types()).isEqualTo(Map.of("events_total", "counter", "up", "gauge"));
        assertThat(scrape.labels()).isEqualTo(Map.of("events_total", Set.of("code", "kind"), "up", Set.of()));
    }

    private static List<String> objections(String query) {
        return PromQl.objections(query, KNOWN);
    }
}
