package io.tollgate.quota.alert;

import static io.tollgate.quota.alert.Given.decimal;
import static io.tollgate.quota.alert.Given.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.avro.AlertKind;
import io.tollgate.avro.AlertRule;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.PeriodKind;
import io.tollgate.avro.Quota;
import io.tollgate.quota.Caller;
import io.tollgate.quota.QuotaReading;
import io.tollgate.quota.StateName;
import io.tollgate.quota.Window;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.serde.AvroGuards;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompiledRuleTest {
    private static final long NOON = Given.micros("2026-11-21T12:00:00Z");
    private static final Caller BOB = new Caller("acme", "bob", "key_1", "openai", "gpt-4o");

    @BeforeAll
    static void guards() {
        AvroGuards.set();
    }

    @Test
    void thresholdsRiseAndAreThereOnce() {
        assertThat(new CompiledRule(Given.rule(AlertKind.SPEND, "100", "50", "50.0", "80"), Given.DAY.start())
                        .thresholds())
                .containsExactly(number("50"), number("80"), number("100"));
    }

    @Test
    void whatMakesNoSenseIsRefusedInWords() {
        refused(Given.rule(AlertKind.SPEND), "it has no thresholds");
        refused(Given.rule(AlertKind.SPEND, "0"), "a threshold must be more than 0");
        refused(Given.rule(AlertKind.UNKNOWN, "1"), "a kind of rule that this version does not know");
        AlertRule rule = Given.rule(AlertKind.SPEND, "1");
        rule.setCurrency(null);
        refused(rule, "a rule on money needs a currency");
        rule = Given.rule(AlertKind.SPEND, "1");
        rule.setTimezone("Mars/Olympus");
        refused(rule, "no such time zone: Mars/Olympus");
        rule = Given.rule(AlertKind.SPEND, "1");
        rule.setWindow(null);
        refused(rule, "it needs a window");
        rule.setWindow(Given.period(PeriodKind.MINUTE));
        refused(rule, "its window must be a quarter hour or longer");
        rule = Given.rule(AlertKind.SPIKE, "3");
        rule.setBaselineWindows(0);
        refused(rule, "a spike needs baseline_windows, 1 or more");
        rule.setBaselineWindows(367);
        refused(rule, "a window and its baseline must not reach back further than 366 days");
        rule.setBaselineWindows(Integer.MAX_VALUE);
        refused(rule, "more windows or thresholds than anybody can look at");
        rule.setBaselineWindows(1);
        rule.setThresholds(List.of(new ExactDecimal(1L, 3_000, null)));
        refused(rule, "a number is absurdly long");
    }

    @ParameterizedTest
    @EnumSource(
            value = AlertKind.class,
            names = {"SPEND", "SPIKE", "ERROR_SHARE", "UNPRICED"})
    void aRuleThatCountsIsHeldAgainstUsage(AlertKind kind) {
        AlertRule rule = Given.rule(kind, "1");
        rule.setScope(Given.scope("*", "*", null));
        CompiledRule compiled = new CompiledRule(rule, Given.DAY.start());

        assertThat(compiled.matches(BOB)).isTrue();
        assertThat(compiled.nameOf(BOB)).isEqualTo(new StateName("acme", "rule", "bob", null));
        assertThat(compiled.matches(new Caller("acme", null, "key_1", "openai", "gpt-4o")))
                .isFalse();
        assertThat(compiled.matches(reading("acme", null, "acme-day", "1"))).isFalse();
    }

    @Test
    void aRuleOnOneQuotaLooksAtNoOther() {
        AlertRule rule = Given.rule(AlertKind.QUOTA_SHARE, "50");
        rule.setQuota("acme-day");
        CompiledRule compiled = new CompiledRule(rule, Given.DAY.start());

        assertThat(compiled.matches(reading("acme", null, "acme-day", "1"))).isTrue();
        assertThat(compiled.matches(reading("acme", null, "acme-month", "1"))).isFalse();
        assertThat(compiled.matches(reading("globex", null, "acme-day", "1"))).isFalse();
        assertThat(compiled.matches(BOB)).isFalse();
    }

    @Test
    void aRuleWithoutAQuotaLooksAtEachInItsScope() {
        AlertRule rule = Given.rule(AlertKind.FORECAST, "100");
        rule.setScope(Given.scope("*", "bob", null));
        CompiledRule compiled = new CompiledRule(rule, Given.DAY.start());

        assertThat(compiled.matches(reading("acme", "bob", "a", "1"))).isTrue();
        assertThat(compiled.matches(reading("globex", "bob", "b", "1"))).isTrue();
        assertThat(compiled.matches(reading("acme", "eve", "a", "1"))).isFalse();
        assertThat(compiled.matches(reading("acme", null, "a", "1"))).isFalse();

        rule.setScope(Given.company("*"));
        assertThat(new CompiledRule(rule, Given.DAY.start()).matches(reading("acme", "eve", "a", "1")))
                .isTrue();
        rule.getScope().setModel("gpt-4o");
        assertThat(new CompiledRule(rule, Given.DAY.start()).matches(reading("acme", "eve", "a", "1")))
                .isFalse();
    }

    @Test
    void aReadingIsAShareOrAForecast() {
        QuotaReading reading = reading("acme", null, "acme-day", "30");

        Level share = new CompiledRule(Given.rule(AlertKind.QUOTA_SHARE, "50"), Given.DAY.start()).level(reading, NOON);
        Level forecast = new CompiledRule(Given.rule(AlertKind.FORECAST, "50"), Given.DAY.start()).level(reading, NOON);

        assertThat(share.shown(number("50"))).isEqualTo(number("30"));
        assertThat(forecast.shown(number("50"))).isEqualTo(number("60"));
    }

    @Test
    void theBaselineOfCalendarWindowsIsTheCalendars() {
        AlertRule rule = Given.rule(AlertKind.SPIKE, "3");
        rule.setTimezone("Europe/Berlin");
        CompiledRule compiled = new CompiledRule(rule, Given.DAY.start());
        Window monday = Given.window("2026-10-25T23:00:00Z", "2026-10-26T23:00:00Z");

        assertThat(compiled.baseline(monday))
                .as("the Sunday before has 25 hours")
                .isEqualTo(Given.window("2026-10-18T22:00:00Z", "2026-10-25T23:00:00Z"));
        assertThat(compiled.reaches(monday, Given.micros("2026-10-18T22:00:00Z")))
                .isTrue();
        assertThat(compiled.reaches(monday, Given.micros("2026-10-18T21:59:59Z")))
                .isFalse();
        assertThat(compiled.reaches(monday, monday.end())).isFalse();
    }

    @Test
    void theBaselineOfARollingWindowIsAsLongAsItself() {
        AlertRule rule = Given.rule(AlertKind.SPIKE, "3");
        rule.setWindow(Given.rolling(1));
        rule.setBaselineWindows(4);

        assertThat(new CompiledRule(rule, Given.DAY.start())
                        .baseline(Given.window("2026-11-21T11:00:00Z", "2026-11-21T12:15:00Z")))
                .isEqualTo(Given.window("2026-11-21T06:00:00Z", "2026-11-21T11:00:00Z"));
    }

    @Test
    void whatIsHeldAgainstSomethingIsDecidedOnlyWhereThatIsCountedToo() {
        Window yesterday = Given.window("2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z");
        CompiledRule spike = new CompiledRule(Given.rule(AlertKind.SPIKE, "3"), Given.DAY.start());
        CompiledRule spend = new CompiledRule(Given.rule(AlertKind.SPEND, "3"), Given.DAY.start());

        assertThat(spike.countings().get(0).since()).isEqualTo(Given.micros("2026-11-14T00:00:00Z"));
        assertThat(spike.hasCounted(Given.DAY)).isTrue();
        assertThat(spike.hasCounted(yesterday)).isFalse();
        assertThat(spend.hasCounted(yesterday)).isTrue();
        CompiledRule errors = new CompiledRule(Given.rule(AlertKind.ERROR_SHARE, "3"), Given.DAY.start());
        assertThat(errors.hasCounted(Given.DAY)).isTrue();
        assertThat(errors.hasCounted(yesterday)).isFalse();
    }

    @Test
    void aSpikeIsCountedInItsWindowAndItsBaseline() {
        AlertRule rule = Given.rule(AlertKind.SPIKE, "3");
        rule.setMinimum(decimal("10"));
        Map<Long, String> cost = Map.of(Given.DAY.start(), "30", Given.micros("2026-11-14T00:00:00Z"), "70");

        Level level = new CompiledRule(rule, Given.DAY.start())
                .level((metric, span) -> number(cost.getOrDefault(span.start(), "0")), Given.DAY);

        assertThat(level.isAtLeast(number("3"))).isTrue();
        assertThat(level.shown(number("3"))).isEqualTo(number("3"));
    }

    @Test
    void aShareOfErrorsIsOfTheRequests() {
        AlertRule rule = Given.rule(AlertKind.ERROR_SHARE, "5");
        Map<String, Decimal> counts = Map.of("errors", number("1"), "requests", number("10"));

        Level level = new CompiledRule(rule, Given.DAY.start())
                .level((metric, span) -> counts.getOrDefault(metric.name(), Decimal.ZERO), Given.DAY);

        assertThat(level.shown(number("5"))).isEqualTo(number("10"));
    }

    @Test
    void theDefinitionIsWhatIsCountedAndNotWhoIsTold() {
        String first = new CompiledRule(Given.rule(AlertKind.SPEND, "1"), Given.DAY.start()).definition();
        AlertRule rule = Given.rule(AlertKind.SPEND, "1", "2");
        rule.setWebhooks(List.of());
        rule.setEnabled(false);
        rule.setVersion(9);
        rule.setUpdatedAt(9);

        assertThat(new CompiledRule(rule, Given.DAY.start()).definition()).isEqualTo(first);
        rule.setCreatedAt(9);
        assertThat(new CompiledRule(rule, Given.DAY.start()).definition())
                .as("made again")
                .isNotEqualTo(first);
    }

    private static QuotaReading reading(String company, @Nullable String user, String quota, String used) {
        Quota made = Given.quota(quota, company, "100");
        return Given.reading(made, new StateName(company, quota, user, null), used, NOON);
    }

    private static void refused(AlertRule rule, String why) {
        assertThatThrownBy(() -> new CompiledRule(rule, Given.DAY.start()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(why);
    }
}
