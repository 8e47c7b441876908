package io.tollgate.quota.alert;

import static io.tollgate.quota.alert.Given.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.AlertKind;
import io.tollgate.quota.QuotaReading;
import io.tollgate.quota.StateName;
import io.tollgate.schemas.serde.AvroGuards;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecastTest {
    private static final long FROM = Given.micros("2026-11-21T01:12:00Z");
    private static final long SIX = Given.micros("2026-11-21T06:00:00Z");
    private static final StateName ACME = new StateName("acme", "q", null, null);

    private final CompiledRule rule = new CompiledRule(Given.rule(AlertKind.FORECAST, "80", "100"), Given.DAY.start());

    @BeforeAll
    static void guards() {
        AvroGuards.set();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T01:11:59.999999Z, 10, 100, false, 0",
        "2026-11-21T01:12:00Z,        10, 100, true,  200",
        "2026-11-21T06:00:00Z,        25, 100, true,  100",
        "2026-11-21T06:00:00.000001Z, 25, 100, false, 99.9999",
        "2026-11-21T12:00:00Z,        60, 100, true,  120",
        "2026-11-21T23:59:59.999999Z, 99, 100, false, 99",
        "2026-11-22T06:00:00Z,       500, 100, true,  500",
        "2026-11-21T12:00:00Z,         1, 0,   true,  100",
    })
    void aForecastGoesOnInAStraightLineToTheWindowsEnd(
            String now, String used, String limit, boolean reached, String shown) {
        Level level = Forecast.level(Given.standing(used, limit), Given.DAY, Given.micros(now));

        assertThat(level.isAtLeast(number("100"))).isEqualTo(reached);
        if (level.isEnough()) {
            assertThat(level.shown(number("100"))).isEqualTo(number(shown));
        }
        assertThat(level.used()).isEqualTo(number(used));
    }

    @Test
    void whatIsUsedAtTheBeginningIsLookedAtWhenThereIsAForecast() {
        assertThat(nextLook("4", Marks.NONE, Given.DAY.start() + 1)).isEqualTo(FROM);
        assertThat(nextLook("3.99", Marks.NONE, Given.DAY.start() + 1)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anOpenOneIsLookedAtWhenItFallsBelowTheHighestThreshold() {
        Marks marks = decide("25", Marks.NONE, SIX);
        assertThat(marks.isOpen(rule.thresholds())).isTrue();

        long next = nextLook("25", marks, SIX);
        assertThat(next).isEqualTo(SIX + 1);
        assertThat(decide("25", marks, next - 1)).isEqualTo(marks);

        Marks after = decide("25", marks, next);
        assertThat(after.isOpen(List.of(number("100")))).isFalse();
        assertThat(after.isOpen(List.of(number("80")))).isTrue();
        assertThat(nextLook("25", after, next)).isEqualTo(Given.micros("2026-11-21T07:30:00Z") + 1);
    }

    @Test
    void whatCannotFallAnyMoreIsNotLookedAt() {
        assertThat(nextLook("10", Marks.NONE, SIX)).as("none is open").isEqualTo(Long.MAX_VALUE);
        assertThat(nextLook("500", decide("500", Marks.NONE, SIX), SIX))
                .as("the limit has been passed")
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aWindowIsLookedAtWhileItIsUnderWay() {
        assertThat(rule.looksAt(Given.DAY, Given.DAY.start() - 1)).isFalse();
        assertThat(rule.looksAt(Given.DAY, Given.DAY.end() - 1)).isTrue();
        assertThat(rule.looksAt(Given.DAY, Given.DAY.end())).isFalse();
    }

    private long nextLook(String used, Marks marks, long now) {
        return Forecast.nextLook(rule, reading(used, now), marks, now);
    }

    private Marks decide(String used, Marks marks, long now) {
        QuotaReading reading = reading(used, now);
        return AlertDecision.decide(rule, Subject.of(reading), Given.DAY, rule.level(reading, now), marks, now)
                .after();
    }

    private static QuotaReading reading(String used, long now) {
        return Given.reading(Given.quota("q", "acme", "100"), ACME, used, now);
    }
}
