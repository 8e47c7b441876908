package io.tollgate.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.PeriodKind;
import io.tollgate.avro.Quota;
import io.tollgate.avro.QuotaState;
import io.tollgate.quota.StateName;
import io.tollgate.schemas.decimal.Decimals;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which window usage counts in, by the kinds of periods, over changes of the clock. */
class QuotaWindowsTopologyTest {
    private MeteringDriver driver;

    @BeforeEach
    void start(@TempDir Path stateDir) {
        driver = new MeteringDriver(stateDir, Instant.parse("2026-03-01T00:00:00Z"));
        driver.price(Given.prices());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void aDayInBerlinHasTwentyThreeHoursWhenTheClockGoesForward() {
        at("2026-03-28T22:30:00Z", GivenQuota.in(GivenQuota.tokens("q", "10", PeriodKind.DAY), "Europe/Berlin"));
        use("before", 1, "2026-03-28T22:59:00Z");
        until("2026-03-29T21:58:00Z");
        use("first", 2, "2026-03-28T23:00:00Z");
        use("last", 4, "2026-03-29T21:59:00Z");
        theWindowIs("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", "6");
        until("2026-03-29T22:00:00Z");
        theWindowIs("2026-03-29T22:00:00Z", "2026-03-30T22:00:00Z", "0");
        assertThat(resets()).containsExactly("2026-03-27T23:00:00Z 1", "2026-03-28T23:00:00Z 6");
    }

    @Test
    void aDayInBerlinHasTwentyFiveHoursWhenTheClockGoesBack() {
        at("2026-10-24T21:30:00Z", GivenQuota.in(GivenQuota.tokens("q", "10", PeriodKind.DAY), "Europe/Berlin"));
        until("2026-10-25T22:58:00Z");
        use("first", 2, "2026-10-24T22:00:00Z");
        use("last", 4, "2026-10-25T22:59:00Z");
        theWindowIs("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", "6");
        until("2026-10-25T23:00:00Z");
        theWindowIs("2026-10-25T23:00:00Z", "2026-10-26T23:00:00Z", "0");
    }

    @Test
    void theHourInWhichLordHoweTurnsTheClockBackByHalfAnHourIsCutThere() {
        at("2026-04-04T14:20:00Z", GivenQuota.in(GivenQuota.tokens("q", "10", PeriodKind.HOUR), "Australia/Lord_Howe"));
        List<Instant> starts = new ArrayList<>();
        for (int quarter = 0; quarter < 12; quarter++) {
            use("u" + quarter, 1, driver.now.toString());
            Instant start = instant(state().getWindowStart());
            if (!starts.contains(start)) {
                starts.add(start);
            }
            driver.leap(Duration.ofMinutes(15).minusSeconds(2));
        }
        assertThat(starts)
                .containsExactly(
                        Instant.parse("2026-04-04T14:00:00Z"),
                        Instant.parse("2026-04-04T15:00:00Z"),
                        Instant.parse("2026-04-04T15:30:00Z"),
                        Instant.parse("2026-04-04T16:30:00Z"));
        assertThat(resets())
                .containsExactly("2026-04-04T14:00:00Z 3", "2026-04-04T15:00:00Z 2", "2026-04-04T15:30:00Z 4");
    }

    @Test
    void aWeekBeginsOnMonday() {
        at("2026-11-20T10:00:00Z", GivenQuota.tokens("q", "10", PeriodKind.WEEK));
        use("monday", 2, "2026-11-16T00:00:00Z");
        theWindowIs("2026-11-16T00:00:00Z", "2026-11-23T00:00:00Z", "2");
        until("2026-11-23T00:00:00Z");
        theWindowIs("2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z", "0");
    }

    @Test
    void aMonthIsTheCalendarsInTheQuotasTimeZone() {
        at("2026-03-05T10:00:00Z", GivenQuota.in(GivenQuota.tokens("q", "10", PeriodKind.MONTH), "Europe/Berlin"));
        use("first", 2, "2026-02-28T23:00:00Z");
        theWindowIs("2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z", "2");
        until("2026-03-31T22:00:00Z");
        theWindowIs("2026-03-31T22:00:00Z", "2026-04-30T22:00:00Z", "0");
    }

    @Test
    void aBudgetRepeatsFromItsAnchor() {
        at(
                "2026-11-21T10:00:00Z",
                GivenQuota.every("q", "10", PeriodKind.EVERY, 5 * 86_400, Instant.parse("2026-01-15T06:30:00Z")));
        use("a", 2, "2026-11-21T10:00:00Z");
        theWindowIs("2026-11-21T06:30:00Z", "2026-11-26T06:30:00Z", "2");
        until("2026-11-26T06:30:00Z");
        theWindowIs("2026-11-26T06:30:00Z", "2026-12-01T06:30:00Z", "0");
    }

    @Test
    void aRollingWindowSlidesByQuarterHours() {
        at("2026-11-21T10:00:00Z", GivenQuota.every("q", "10", PeriodKind.ROLLING, 3_600, Instant.EPOCH));
        use("a", 1, "2026-11-21T09:14:00Z");
        use("b", 2, "2026-11-21T09:16:00Z");
        use("c", 4, "2026-11-21T10:00:00Z");
        use("old", 8, "2026-11-21T08:59:00Z");
        assertThat(used()).isEqualTo("7");
        assertThat(instant(state().getResetsAt())).isEqualTo("2026-11-21T10:15:00Z");
        until("2026-11-21T10:15:00Z");
        assertThat(used()).isEqualTo("6");
        assertThat(instant(state().getResetsAt())).isEqualTo("2026-11-21T10:30:00Z");
        driver.restart();
        until("2026-11-21T10:30:00Z");
        assertThat(used()).isEqualTo("4");
        assertThat(instant(state().getResetsAt())).isEqualTo("2026-11-21T11:15:00Z");
        until("2026-11-21T11:14:00Z");
        assertThat(used()).isEqualTo("4");
        until("2026-11-21T11:15:00Z");
        assertThat(used()).isEqualTo("0");
        assertThat(driver.resets()).as("it has no end").isEmpty();
    }

    @Test
    void aVoidLeavesARollingWindowWithItsEvent() {
        at("2026-11-21T10:00:00Z", GivenQuota.every("q", "10", PeriodKind.ROLLING, 3_600, Instant.EPOCH));
        use("a", 1, "2026-11-21T09:14:00Z");
        use("b", 2, "2026-11-21T09:46:00Z");
        driver.event(Given.voiding("a"));
        driver.idle(Duration.ofSeconds(1));
        assertThat(used()).isEqualTo("2");
        assertThat(instant(state().getResetsAt())).isEqualTo("2026-11-21T11:00:00Z");
        until("2026-11-21T11:05:00Z");
        driver.event(Given.voiding("b"));
        driver.idle(Duration.ofSeconds(1));
        assertThat(used()).as("it had gone").isEqualTo("0");
    }

    @Test
    void whatLeavesARollingWindowOnItsWayToItTakesNothingElseAlong() {
        at("2026-11-21T10:00:00Z", GivenQuota.every("q", "10", PeriodKind.ROLLING, 3_600, Instant.EPOCH));
        use("first", 1, "2026-11-21T10:00:00Z");
        driver.event(GivenQuota.used("leaves", 2, Instant.parse("2026-11-21T09:14:00Z")));
        driver.event(GivenQuota.used("stays", 2, Instant.parse("2026-11-21T10:00:00Z")));
        until("2026-11-21T10:20:00Z");
        assertThat(used()).isEqualTo("3");
    }

    @Test
    void aMinuteCountsFromTheFirstWholeOneOn() {
        at("2026-11-21T10:00:30Z", GivenQuota.tokens("q", "10", PeriodKind.MINUTE));
        use("a", 1, "2026-11-21T10:00:40Z");
        assertThat(driver.states()).isEmpty();
        until("2026-11-21T10:01:05Z");
        use("late", 1, "2026-11-21T10:00:59Z");
        use("b", 2, "2026-11-21T10:01:04Z");
        theWindowIs("2026-11-21T10:01:00Z", "2026-11-21T10:02:00Z", "2");
        until("2026-11-21T10:02:00Z");
        assertThat(used()).isEqualTo("0");
        assertThat(resets()).containsExactly("2026-11-21T10:01:00Z 2");
        until("2026-11-21T11:01:00Z");
        assertThat(driver.states()).as("nobody's for an hour").hasSize(1);
        until("2026-11-21T11:03:00Z");
        assertThat(driver.states()).isEmpty();
    }

    @Test
    void aQuotaMadeInTheMiddleOfAMonthKnowsTheMonth() {
        until("2026-11-21T10:00:00Z");
        use("last month", 1, "2026-10-31T22:59:00Z");
        use("its first minute", 2, "2026-10-31T23:00:00Z");
        use("its first UTC day", 4, "2026-11-01T12:00:00Z");
        use("a day in the middle", 8, "2026-11-15T23:59:00Z");
        use("today", 16, "2026-11-21T09:59:00Z");
        driver.restart();
        driver.quota(GivenQuota.in(GivenQuota.tokens("q", "10", PeriodKind.MONTH), "Europe/Berlin"));
        theWindowIs("2026-10-31T23:00:00Z", "2026-11-30T23:00:00Z", "30");
        use("more", 32, "2026-11-02T00:00:00Z");
        theWindowIs("2026-10-31T23:00:00Z", "2026-11-30T23:00:00Z", "62");
        assertThat(driver.resets()).isEmpty();
    }

    private void at(String now, Quota quota) {
        until(now);
        driver.quota(quota);
    }

    private void use(String id, long tokens, String at) {
        driver.event(GivenQuota.used(id, tokens, Instant.parse(at)));
        driver.idle(Duration.ofSeconds(1));
    }

    /** Two seconds more go by in any case. */
    private void until(String time) {
        driver.leap(Duration.between(driver.now, Instant.parse(time)));
    }

    private QuotaState state() {
        return Objects.requireNonNull(driver.states().get(new StateName(Given.COMPANY, "q", null, null)));
    }

    private String used() {
        return Decimals.fromAvro(state().getUsed()).toString();
    }

    private void theWindowIs(String start, String end, String used) {
        assertThat(instant(state().getWindowStart())).isEqualTo(start);
        assertThat(instant(state().getWindowEnd())).isEqualTo(end);
        assertThat(instant(state().getResetsAt())).isEqualTo(end);
        assertThat(used()).isEqualTo(used);
    }

    private List<String> resets() {
        return driver.resets().stream()
                .map(reset -> instant(reset.getWindowStart()) + " " + Decimals.fromAvro(reset.getUsed()))
                .toList();
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(0, micros * 1_000);
    }
}
