package io.tollgate.quota.alert;

import static io.tollgate.quota.alert.Given.decimal;
import static io.tollgate.quota.alert.Given.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Alert;
import io.tollgate.avro.AlertKind;
import io.tollgate.avro.AlertRule;
import io.tollgate.quota.StateName;
import io.tollgate.quota.Window;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.serde.AvroGuards;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class AlertDecisionTest {
    private static final long NOON = Given.micros("2026-11-21T12:00:00Z");
    private static final Window TOMORROW = new Window(Given.DAY.end(), Given.DAY.end() + 86_400_000_000L);
    private static final StateName ACME = new StateName("acme", "rule", null, null);

    private final AlertRule written = Given.rule(AlertKind.SPEND, "50", "100", "80");
    private Marks marks = Marks.NONE;

    @BeforeAll
    static void guards() {
        AvroGuards.set();
    }

    @Test
    void nothingIsSaidBelowTheLowestThreshold() {
        assertThat(spent("49.99")).isEmpty();
        assertThat(marks).isSameAs(Marks.NONE);
    }

    @Test
    void aThresholdThatIsReachedIsSaidOnce() {
        assertThat(said("50")).containsExactly("50#1");
        assertThat(said("50")).isEmpty();
        assertThat(said("79")).isEmpty();
    }

    @Test
    void severalThresholdsAtOnceAreSaidFromTheLowestOn() {
        assertThat(said("100")).containsExactly("50#1", "80#1", "100#1");
    }

    @Test
    void fallingBackIsSaidOfEachThatItLeaves() {
        said("100");

        assertThat(said("60")).containsExactly("80#1 resolved", "100#1 resolved");
        assertThat(said("60")).isEmpty();
        assertThat(said("0")).containsExactly("50#1 resolved");
    }

    @Test
    void crossingAgainIsTheNextNumber() {
        said("50");
        said("40");

        assertThat(said("55")).containsExactly("50#2");
        assertThat(said("40")).containsExactly("50#2 resolved");
        assertThat(said("90")).containsExactly("50#3", "80#1");
    }

    @Test
    void anAlertTellsAll() {
        written.getScope().setModel("gpt-4o");

        Alert alert = spent("50.5").get(0);

        assertThat(alert.getRule()).isEqualTo("rule");
        assertThat(alert.getKind()).isEqualTo(AlertKind.SPEND);
        assertThat(alert.getCompany()).isEqualTo("acme");
        assertThat(alert.getQuota()).isNull();
        assertThat(alert.getModel()).isEqualTo("gpt-4o");
        assertThat(alert.getMetric()).isEqualTo("cost");
        assertThat(alert.getCurrency()).isEqualTo("USD");
        assertThat(alert.getThreshold()).isEqualTo(decimal("50"));
        assertThat(alert.getValue()).isEqualTo(decimal("50.5"));
        assertThat(alert.getUsed()).isEqualTo(decimal("50.5"));
        assertThat(alert.getLimit()).isNull();
        assertThat(alert.getWindowStart()).isEqualTo(Given.DAY.start());
        assertThat(alert.getWindowEnd()).isEqualTo(Given.DAY.end());
        assertThat(alert.getWebhooks()).containsExactly("ops");
        assertThat(alert.getLate()).isFalse();
        assertThat(alert.getAt()).isEqualTo(NOON);
        assertThat(alert.getId()).matches("alt_[A-Za-z0-9_-]{22}");
    }

    @Test
    void whatMovesAfterTheWindowsEndIsLate() {
        List<Alert> atTheEnd = decide("50", Given.DAY, Given.DAY.end());
        List<Alert> before = decide("80", Given.DAY, Given.DAY.end() - 1);

        assertThat(atTheEnd).extracting(Alert::getLate).containsExactly(true);
        assertThat(before).extracting(Alert::getLate).containsExactly(false);
    }

    @Test
    void ofARollingWindowTheNumberBeginsAnewWithTheWindow() {
        Window later = new Window(Given.DAY.start() + 1, Given.DAY.end() + 1);

        assertThat(names(decide("50", Given.DAY, NOON))).containsExactly("50#1");
        List<Alert> resolved = decide("0", later, NOON);
        assertThat(names(resolved)).containsExactly("50#1 resolved");
        assertThat(resolved.get(0).getWindowStart()).as("that of the crossing").isEqualTo(Given.DAY.start());
        assertThat(names(decide("50", later, NOON))).containsExactly("50#1");
        assertThat(names(decide("0", later, NOON))).containsExactly("50#1 resolved");
        assertThat(names(decide("50", later, NOON))).containsExactly("50#2");
        decide("0", later, NOON);
        assertThat(names(decide("50", Given.DAY, NOON)))
                .as("a clock that is set back finds no earlier window")
                .containsExactly("50#3");
    }

    @Test
    void theSameCrossingHasTheSameIdAndNoOtherHas() {
        Set<String> ids = new HashSet<>();
        for (Window window : List.of(Given.DAY, TOMORROW)) {
            marks = Marks.NONE;
            for (String value : List.of("100", "0", "100", "0")) {
                decide(value, window, NOON).forEach(alert -> ids.add(alert.getId()));
            }
        }
        assertThat(ids).hasSize(24);

        marks = Marks.NONE;
        written.setWebhooks(List.of("others"));
        written.setVersion(7);
        assertThat(ids).containsAll(spent("100").stream().map(Alert::getId).toList());

        marks = Marks.NONE;
        written.setMinimum(decimal("1"));
        assertThat(ids)
                .doesNotContainAnyElementsOf(
                        spent("100").stream().map(Alert::getId).toList());
    }

    @Test
    void ofAThresholdThatIsGoneNothingIsSaidUntilItIsBack() {
        said("100");
        written.setThresholds(List.of(decimal("80")));

        assertThat(said("10")).containsExactly("80#1 resolved");
        written.setThresholds(List.of(decimal("50"), decimal("80")));
        assertThat(said("10")).containsExactly("50#1 resolved");
        assertThat(said("50")).containsExactly("50#2");
    }

    @Test
    void marksAreReadAsTheyWereWritten() {
        assertThat(Marks.of((byte[]) null)).isEqualTo(Marks.NONE);
        said("100");
        said("60");
        said("90");

        assertThat(Marks.of(marks.bytes())).isEqualTo(marks);
        assertThat(marks.isOpen(List.of(number("100")))).isFalse();
        assertThat(marks.isOpen(List.of(number("80"), number("100")))).isTrue();
        assertThat(marks.isOpen(List.of(number("1")))).isFalse();
    }

    @RepeatedTest(5)
    void whateverHappensEachCrossingIsSaidOnceAndEndsOnce() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        List<String> thresholds = List.of("50", "80", "100");
        Map<String, Naive> naive = new TreeMap<>();
        Set<String> ids = new HashSet<>();
        int total = 0;
        for (int step = 0; step < 5_000; step++) {
            String value = Integer.toString(random.nextInt(120));
            List<Alert> alerts = spent(value);
            List<String> expected = new ArrayList<>();
            for (String threshold : thresholds) {
                String words =
                        naive.computeIfAbsent(threshold, t -> new Naive()).move(value, threshold);
                if (words != null) {
                    expected.add(threshold + words);
                }
            }
            assertThat(names(alerts))
                    .as("seed %d, step %d, value %s", seed, step, value)
                    .isEqualTo(expected);
            alerts.forEach(alert -> ids.add(alert.getId()));
            total += alerts.size();
            if (random.nextInt(10) == 0) {
                marks = Marks.of(marks.bytes());
            }
        }
        assertThat(ids).as("ids, seed %d", seed).hasSize(total);
        assertThat(total).as("alerts, seed %d", seed).isGreaterThan(1_000);
    }

    private List<String> said(String value) {
        return names(spent(value));
    }

    private List<Alert> spent(String value) {
        return decide(value, Given.DAY, NOON);
    }

    private List<Alert> decide(String value, Window window, long now) {
        CompiledRule rule = new CompiledRule(written, Given.DAY.start());
        AlertDecision decision =
                AlertDecision.decide(rule, Subject.of(rule, ACME), window, Level.spend(number(value)), marks, now);
        marks = decision.after();
        return decision.alerts();
    }

    private static List<String> names(List<Alert> alerts) {
        return alerts.stream()
                .map(alert -> Decimals.fromAvro(alert.getThreshold())
                        + "#"
                        + alert.getNumber()
                        + (alert.getResolved() ? " resolved" : ""))
                .toList();
    }

    private static final class Naive {
        private int crossings;
        private boolean above;

        @Nullable
        String move(String value, String threshold) {
            boolean was = above;
            above = Integer.parseInt(value) >= Integer.parseInt(threshold);
            if (was == above) {
                return null;
            }
            crossings += above ? 1 : 0;
            return "#" + crossings + (above ? "" : " resolved");
        }
    }
}
