package io.tollgate.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Alert;
import io.tollgate.avro.AlertKind;
import io.tollgate.avro.AlertRule;
import io.tollgate.avro.DeadLetter;
import io.tollgate.avro.Period;
import io.tollgate.avro.PeriodKind;
import io.tollgate.avro.Quota;
import io.tollgate.avro.Scope;
import io.tollgate.avro.Submission;
import io.tollgate.avro.Usage;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts through the whole topology. A thousand cents are four million input tokens. */
class AlertsTopologyTest {
    private static final int TOKENS_PER_CENT = 4_000;
    private static final Duration DAY = Duration.ofDays(1);

    private MeteringDriver driver;
    private final Set<String> ids = new HashSet<>();
    private long version;
    private int events;

    @BeforeEach
    void start(@TempDir Path stateDir) {
        driver = new MeteringDriver(stateDir);
        driver.price(Given.prices());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void eachShareOfAQuotaIsToldOnceFromTheLowestOn() {
        quota("acme-month", "acme", "10.00", PeriodKind.MONTH);
        rule(watching(AlertKind.QUOTA_SHARE, "acme-month", "50", "80", "100"));

        assertThat(spend(499)).isEmpty();
        assertThat(spend(1)).containsExactly("50#1 acme 50");
        assertThat(spend(100)).isEmpty();
        assertThat(spend(400)).containsExactly("80#1 acme 100", "100#1 acme 100");
        assertThat(spend(400)).isEmpty();
    }

    @Test
    void anAlertTellsWhatItIsAbout() {
        quota("acme-month", "acme", "10.00", PeriodKind.MONTH);
        rule(watching(AlertKind.QUOTA_SHARE, "acme-month", "50"));
        send(usage(600, at(Duration.ZERO)));

        Alert alert = alerts().get(0);

        assertThat(alert.getRule()).isEqualTo("rule");
        assertThat(alert.getQuota()).isEqualTo("acme-month");
        assertThat(alert.getMetric()).isEqualTo("cost");
        assertThat(alert.getCurrency()).isEqualTo("USD");
        assertThat(alert.getUsed()).isEqualTo(Given.decimal("6"));
        assertThat(alert.getLimit()).isEqualTo(Given.decimal("10"));
        assertThat(alert.getWindowStart()).isEqualTo(Given.micros(Instant.parse("2026-11-01T00:00:00Z")));
        assertThat(alert.getWindowEnd()).isEqualTo(Given.micros(Instant.parse("2026-12-01T00:00:00Z")));
        assertThat(alert.getWebhooks()).containsExactly("ops");
        assertThat(alert.getLate()).isFalse();
    }

    @Test
    void aRaisedLimitResolvesAndCrossingAgainIsTheNextNumber() {
        quota("acme-month", "acme", "10.00", PeriodKind.MONTH);
        rule(watching(AlertKind.QUOTA_SHARE, "acme-month", "50", "80"));
        assertThat(spend(900)).containsExactly("50#1 acme 90", "80#1 acme 90");

        quota("acme-month", "acme", "15.00", PeriodKind.MONTH);
        assertThat(told()).containsExactly("80#1 acme 60 resolved");
        assertThat(spend(300)).containsExactly("80#2 acme 80");
    }

    @Test
    void aVoidResolves() {
        quota("acme-month", "acme", "10.00", PeriodKind.MONTH);
        rule(watching(AlertKind.QUOTA_SHARE, "acme-month", "50"));
        rule(counting("spend", AlertKind.SPEND, PeriodKind.DAY, "5"));
        spend(100);
        Submission event = usage(400, at(Duration.ZERO));
        send(event);
        assertThat(told()).containsExactlyInAnyOrder("50#1 acme 50", "5#1 acme 5");

        send(Given.voiding(event.getId()));
        assertThat(told()).containsExactlyInAnyOrder("50#1 acme 10 resolved", "5#1 acme 1 resolved");
    }

    @Test
    void aShareOfARollingQuotaResolvesWhenUsageLeavesIt() {
        Quota quota = GivenQuota.cost("rolling", "10.00", PeriodKind.ROLLING);
        quota.setPeriod(new Period(PeriodKind.ROLLING, 7_200L, 0L));
        quota(quota);
        assertThat(spend(600)).isEmpty();

        driver.leap(Duration.ofMinutes(50));
        rule(watching(AlertKind.QUOTA_SHARE, "rolling", "50"));
        assertThat(told()).as("a window that has moved on since").containsExactly("50#1 acme 60");
        rule(watching(AlertKind.FORECAST, "rolling", "1"));
        driver.leap(Duration.ofMinutes(90));
        assertThat(told()).as("another rule took its place").isEmpty();
        rule(watching(AlertKind.QUOTA_SHARE, "rolling", "50"));
        assertThat(spend(700)).containsExactly("50#1 acme 70");
        driver.leap(Duration.ofMinutes(150));
        assertThat(told()).containsExactly("50#1 acme 0 resolved");
    }

    @Test
    void aRuleWithoutAQuotaLooksAtEachQuotaInItsScope() {
        quota("month", "*", "10.00", PeriodKind.MONTH);
        quota("day", "*", "5.00", PeriodKind.DAY);
        AlertRule rule = watching(AlertKind.QUOTA_SHARE, null, "50");
        rule.getScope().setCompany("*");
        rule(rule);

        assertThat(spend(300)).containsExactly("50#1 acme 60");
        assertThat(spend(200)).containsExactly("50#1 acme 50");
    }

    @Test
    void aForecastIsToldAndFallsBackByItself() {
        quota("acme-day", "acme", "10.00", PeriodKind.DAY);
        rule(watching(AlertKind.FORECAST, "acme-day", "100"));

        assertThat(spend(400)).as("10 of 24 hours have gone by").isEmpty();
        assertThat(spend(50)).hasSize(1).first().asString().startsWith("100#1 acme 107.9");
        driver.leap(Duration.ofMinutes(30));
        assertThat(told()).isEmpty();
        driver.leap(Duration.ofMinutes(20));
        assertThat(told()).hasSize(1).first().asString().matches("100#1 acme 99\\.6[0-9]* resolved");
        driver.leap(DAY);
        assertThat(told()).as("the window ends without a word").isEmpty();
    }

    @Test
    void aForecastIsLookedAtWhenEnoughOfTheWindowHasGoneBy() {
        quota("acme-day", "acme", "10.00", PeriodKind.DAY);
        rule(watching(AlertKind.FORECAST, "acme-day", "100"));
        driver.leap(Duration.ofHours(14).plusMinutes(5));

        assertThat(spend(200)).as("ten past midnight").isEmpty();
        driver.leap(Duration.ofMinutes(60));
        assertThat(told()).isEmpty();
        driver.leap(Duration.ofMinutes(10));
        assertThat(told()).hasSize(1).first().asString().startsWith("100#1 acme");
    }

    @Test
    void spendIsToldByDayAndADayEndsWithoutAWord() {
        rule(counting("spend", AlertKind.SPEND, PeriodKind.DAY, "1", "2"));

        assertThat(spend(250)).containsExactly("1#1 acme 2.5", "2#1 acme 2.5");
        driver.leap(DAY);
        assertThat(told()).isEmpty();
        assertThat(spend(100)).containsExactly("1#1 acme 1");
    }

    @Test
    void spendInARollingWindowResolvesWhenItHasLeft() {
        AlertRule rule = counting("spend", AlertKind.SPEND, PeriodKind.ROLLING, "1");
        rule.setWindow(new Period(PeriodKind.ROLLING, 3_600L, 0L));
        rule(rule);

        assertThat(spend(100)).containsExactly("1#1 acme 1");
        driver.leap(Duration.ofMinutes(30));
        assertThat(told()).isEmpty();
        driver.leap(Duration.ofMinutes(46));
        assertThat(told()).containsExactly("1#1 acme 0 resolved");
        assertThat(spend(100)).containsExactly("1#1 acme 1");
        driver.leap(Duration.ofHours(5));
        assertThat(told()).containsExactly("1#1 acme 0 resolved");
    }

    @Test
    void aSpikeIsHeldAgainstTheDaysBefore() {
        for (int day = 7; day >= 1; day--) {
            send(usage(100, at(Duration.ofDays(day))));
        }
        AlertRule rule = counting("spike", AlertKind.SPIKE, PeriodKind.DAY, "3");
        rule.setBaselineWindows(7);
        rule.setMinimum(Given.decimal("2"));
        rule(rule);

        assertThat(spend(299)).isEmpty();
        assertThat(spend(1)).containsExactly("3#1 acme 3");
        send(usage(100, at(DAY)));
        assertThat(told()).as("a late event in the baseline").containsExactly("3#1 acme 2.625 resolved");
    }

    @Test
    void withoutABaselineThereIsNoSpike() {
        AlertRule rule = counting("spike", AlertKind.SPIKE, PeriodKind.DAY, "3");
        rule.setBaselineWindows(7);
        rule(rule);

        assertThat(spend(100_000)).isEmpty();
    }

    @Test
    void aSpikeOfARollingHourFallsBackByItself() {
        send(usage(400, at(Duration.ofHours(4))));
        AlertRule rule = counting("spike", AlertKind.SPIKE, PeriodKind.ROLLING, "3");
        rule.setWindow(new Period(PeriodKind.ROLLING, 3_600L, 0L));
        rule.setBaselineWindows(4);
        rule(rule);

        assertThat(spend(299)).isEmpty();
        assertThat(spend(1)).containsExactly("3#1 acme 3");
        driver.leap(Duration.ofMinutes(80));
        assertThat(told()).hasSize(1).first().asString().endsWith("resolved");
    }

    @Test
    void aShareOfErrorsIsToldFromEnoughRequestsOn() {
        AlertRule rule = counting("errors", AlertKind.ERROR_SHARE, PeriodKind.HOUR, "20");
        rule.setMinimum(Given.decimal("5"));
        rule(rule);

        assertThat(answered(500, 500)).isEmpty();
        assertThat(answered(200, 200)).isEmpty();
        assertThat(answered(200)).containsExactly("20#1 acme 40");
        assertThat(answered(200, 200, 200, 200, 200)).isEmpty();
    }

    @Test
    void unpricedUsageIsTold() {
        rule(counting("unpriced", AlertKind.UNPRICED, PeriodKind.DAY, "1", "3"));
        assertThat(spend(1)).isEmpty();

        assertThat(unpriced()).containsExactly("1#1 acme 1");
        assertThat(unpriced()).isEmpty();
        assertThat(unpriced()).containsExactly("3#1 acme 3");
        driver.price(Given.prices("nameless", 1, "1", "1"));
        send(Given.rerating("req-" + events));
        assertThat(told()).as("its price came").containsExactly("3#1 acme 2 resolved");
    }

    @Test
    void aLateEventForLastMonthIsMarkedAsLate() {
        quota("acme-month", "acme", "10.00", PeriodKind.MONTH);
        rule(watching(AlertKind.QUOTA_SHARE, "acme-month", "50"));
        rule(counting("spend", AlertKind.SPEND, PeriodKind.MONTH, "6"));
        spend(100);

        send(usage(700, at(Duration.ofDays(25))));
        List<Alert> alerts = alerts();

        assertThat(alerts).hasSize(2).allMatch(Alert::getLate);
        assertThat(alerts)
                .extracting(Alert::getWindowStart)
                .containsOnly(Given.micros(Instant.parse("2026-10-01T00:00:00Z")));
        assertThat(spend(500)).as("this month has its own").containsExactlyInAnyOrder("50#1 acme 60", "6#1 acme 6");
    }

    @Test
    void aNewRuleTellsWhatItsWindowsHoldAlready() {
        quota("acme-month", "acme", "10.00", PeriodKind.MONTH);
        send(usage(300, at(Duration.ofDays(3))));
        send(usage(300, at(Duration.ZERO)));

        rule(watching(AlertKind.QUOTA_SHARE, "acme-month", "50"));
        assertThat(told()).containsExactly("50#1 acme 60");
        rule(counting("month", AlertKind.SPEND, PeriodKind.MONTH, "6"));
        assertThat(told()).containsExactly("6#1 acme 6");
        rule(counting("day", AlertKind.SPEND, PeriodKind.DAY, "6"));
        assertThat(told()).isEmpty();
    }

    @Test
    void aRuleThatChangesIsHeldAgainstWhatIsThere() {
        AlertRule rule = counting("spend", AlertKind.SPEND, PeriodKind.DAY, "1");
        rule(rule);
        assertThat(spend(500)).containsExactly("1#1 acme 5");

        rule.setThresholds(List.of(Given.decimal("1"), Given.decimal("4"), Given.decimal("9")));
        rule.setWebhooks(List.of("others"));
        rule(rule);
        assertThat(told()).as("1 has been told").containsExactly("4#1 acme 5");

        rule.setEnabled(false);
        rule(rule);
        assertThat(spend(500)).isEmpty();
        rule.setEnabled(true);
        rule(rule);
        assertThat(told()).containsExactly("9#1 acme 10");

        driver.noRule("spend");
        assertThat(spend(5_000)).isEmpty();
    }

    @Test
    void aTaskThatStartsAgainSaysNothingTwiceAndForgetsNothing() {
        quota("acme-month", "acme", "10.00", PeriodKind.MONTH);
        rule(watching(AlertKind.QUOTA_SHARE, "acme-month", "50"));
        rule(counting("spend", AlertKind.SPEND, PeriodKind.DAY, "5"));
        AlertRule rolling = counting("rolling", AlertKind.SPEND, PeriodKind.ROLLING, "5");
        rolling.setWindow(new Period(PeriodKind.ROLLING, 3_600L, 0L));
        rule(rolling);
        Submission event = usage(500, at(Duration.ZERO));
        send(event);
        assertThat(told()).hasSize(3);

        driver.restart();
        assertThat(spend(1)).isEmpty();
        driver.leap(Duration.ofMinutes(80));
        assertThat(told()).as("the rolling hour is over").containsExactly("5#1 acme 0 resolved");

        driver.restart();
        send(Given.voiding(event.getId()));
        assertThat(told()).containsExactlyInAnyOrder("50#1 acme 0.1 resolved", "5#1 acme 0.01 resolved");
        driver.restart();
        assertThat(spend(500)).containsExactlyInAnyOrder("50#2 acme 50.1", "5#2 acme 5.01", "5#1 acme 5");
    }

    @Test
    void companiesAndUsersAreToldApart() {
        AlertRule rule = counting("spend", AlertKind.SPEND, PeriodKind.DAY, "1");
        rule.setScope(scope("*", "*"));
        rule(rule);

        send(usage("acme", "ann", 60));
        send(usage("acme", "bob", 60));
        send(usage("globex", "ann", 60));
        assertThat(told()).isEmpty();
        send(usage("globex", "ann", 60));
        assertThat(told()).containsExactly("1#1 globex/ann 1.2");
        send(usage("acme", "bob", 40));
        assertThat(told()).containsExactly("1#1 acme/bob 1");
    }

    @Test
    void aRuleThatMakesNoSenseIsADeadLetterAndTheOneBeforeHolds() {
        rule(counting("spend", AlertKind.SPEND, PeriodKind.DAY, "1"));
        AlertRule wrong = counting("spend", AlertKind.SPEND, PeriodKind.DAY, "1");
        wrong.setTimezone("Mars/Olympus");
        rule(wrong);

        assertThat(driver.dead())
                .extracting(DeadLetter::getDetail)
                .containsExactly("a change of an alert rule: no such time zone: Mars/Olympus");
        assertThat(spend(100)).containsExactly("1#1 acme 1");
    }

    @Test
    void alertsTravelByCompany() {
        rule(counting("spend", AlertKind.SPEND, PeriodKind.DAY, "1"));
        send(usage(100, at(Duration.ZERO)));

        assertThat(driver.records(Topics.COST_ALERTS))
                .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
                .containsExactly("acme");
    }

    /** Usage, late usage and voids in any order: what is told is what a naive count of each day crosses. */
    @RepeatedTest(3)
    void whateverHappensWhatIsToldIsWhatIsThere() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        rule(counting("spend", AlertKind.SPEND, PeriodKind.DAY, "3", "7"));
        Map<Long, Integer> cents = new HashMap<>();
        Map<String, Integer> crossings = new HashMap<>();
        Set<String> open = new HashSet<>();
        List<Submission> live = new ArrayList<>();
        for (int step = 0; step < 200; step++) {
            Submission event;
            int sign = 1;
            if (!live.isEmpty() && random.nextInt(5) < 2) {
                event = live.remove(random.nextInt(live.size()));
                sign = -1;
                send(Given.voiding(event.getId()));
            } else {
                event = usage(100 + random.nextInt(200), at(Duration.ofDays(random.nextInt(3))));
                live.add(event);
                send(event);
            }
            Usage usage = event.getUsage();
            assertThat(usage).isNotNull();
            long day = Math.floorDiv(usage.getEventTime(), 86_400_000_000L);
            int spent = sign * (int) (usage.getDimensions().get(0).getQuantity().getUnscaled() / TOKENS_PER_CENT);
            int total = cents.merge(day, spent, Integer::sum);
            List<String> expected = new ArrayList<>();
            for (int threshold : new int[] {3, 7}) {
                String name = day + ":" + threshold;
                boolean isAbove = total >= threshold * 100;
                if (isAbove != open.contains(name)) {
                    int number = crossings.merge(name, isAbove ? 1 : 0, Integer::sum);
                    expected.add(threshold + "#" + number + (isAbove ? "" : " resolved"));
                    if (!open.remove(name)) {
                        open.add(name);
                    }
                }
            }
            assertThat(told().stream().map(words -> words.replaceAll(" acme [0-9.]+", "")))
                    .as("seed %d, step %d", seed, step)
                    .containsExactlyElementsOf(expected);
        }
        assertThat(ids).as("seed %d", seed).hasSizeGreaterThan(4);
    }

    private List<String> spend(int cents) {
        send(usage(cents, at(Duration.ZERO)));
        return told();
    }

    private List<String> answered(int... statuses) {
        for (int status : statuses) {
            Submission event = usage(1, at(Duration.ZERO));
            Usage usage = event.getUsage();
            assertThat(usage).isNotNull();
            usage.setStatus(status);
            driver.event(event);
        }
        driver.idle(Duration.ofSeconds(1));
        return told();
    }

    private List<String> unpriced() {
        Usage usage = Given.usageOf("nameless", Map.of("input", "1"));
        usage.setEventTime(at(Duration.ZERO));
        send(Given.usage("req-" + ++events, usage));
        return told();
    }

    private Submission usage(int cents, long time) {
        Usage usage = Given.usageOf("gpt-4o", Map.of("input", Integer.toString(cents * TOKENS_PER_CENT)));
        usage.setEventTime(time);
        return Given.usage("req-" + ++events, usage);
    }

    private Submission usage(String company, String user, int cents) {
        Submission event = usage(cents, at(Duration.ZERO));
        Usage usage = event.getUsage();
        assertThat(usage).isNotNull();
        usage.setUser(user);
        event.setCompany(company);
        return event;
    }

    private void send(Submission submission) {
        driver.event(submission);
        driver.idle(Duration.ofSeconds(1));
    }

    private long at(Duration ago) {
        return Given.micros(driver.now.minus(ago));
    }

    /** What was raised since: threshold, number, whose, value. No id comes twice. */
    private List<String> told() {
        return alerts().stream()
                .map(alert -> Decimals.fromAvro(alert.getThreshold())
                        + "#"
                        + alert.getNumber()
                        + " "
                        + alert.getCompany()
                        + (alert.getUser() == null ? "" : "/" + alert.getUser())
                        + " "
                        + Decimals.fromAvro(alert.getValue())
                        + (alert.getResolved() ? " resolved" : ""))
                .toList();
    }

    private List<Alert> alerts() {
        List<Alert> alerts = driver.alerts();
        alerts.forEach(alert ->
                assertThat(ids.add(alert.getId())).as("%s is new", alert).isTrue());
        return alerts;
    }

    private void rule(AlertRule rule) {
        rule.setVersion(++version);
        driver.rule(rule);
        driver.idle(Duration.ofSeconds(1));
    }

    private static AlertRule watching(AlertKind kind, @Nullable String quota, String... thresholds) {
        AlertRule rule = rule("rule", kind, thresholds);
        rule.setQuota(quota);
        return rule;
    }

    private static AlertRule counting(String id, AlertKind kind, PeriodKind window, String... thresholds) {
        AlertRule rule = rule(id, kind, thresholds);
        rule.setWindow(new Period(window, 0L, 0L));
        rule.setCurrency(kind == AlertKind.SPEND || kind == AlertKind.SPIKE ? "USD" : null);
        return rule;
    }

    private static AlertRule rule(String id, AlertKind kind, String... thresholds) {
        return AlertRule.newBuilder()
                .setId(id)
                .setScope(scope("acme", null))
                .setKind(kind)
                .setThresholds(Arrays.stream(thresholds).map(Given::decimal).toList())
                .setWebhooks(List.of("ops"))
                .setVersion(1)
                .setCreatedAt(0)
                .setUpdatedAt(0)
                .build();
    }

    private static Scope scope(String company, @Nullable String user) {
        return GivenQuota.scope(company, user, null);
    }

    private void quota(String id, String company, String limit, PeriodKind period) {
        quota(GivenQuota.of(GivenQuota.cost(id, limit, period), scope(company, null)));
    }

    private void quota(Quota quota) {
        quota.setVersion(++version);
        driver.quota(quota);
        driver.idle(Duration.ofSeconds(1));
    }
}
