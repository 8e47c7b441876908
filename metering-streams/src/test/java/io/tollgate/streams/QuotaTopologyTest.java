package io.tollgate.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.MovedState;
import io.tollgate.avro.PeriodKind;
import io.tollgate.avro.Quota;
import io.tollgate.avro.QuotaReset;
import io.tollgate.avro.QuotaSettlement;
import io.tollgate.avro.QuotaState;
import io.tollgate.avro.QuotaStatus;
import io.tollgate.avro.Scope;
import io.tollgate.quota.StateName;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a quota's states. */
class QuotaTopologyTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Quota DAY = GivenQuota.tokens("day", "1000", PeriodKind.DAY);

    private MeteringDriver driver;

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
    void usageCountsTheStatusFollowsAndWhatIsOverIsMeteredAllTheSame() {
        driver.quota(DAY);
        use("a", 700);
        assertThat(state("day")).satisfies(ok -> {
            assertThat(used(ok)).isEqualTo("700");
            assertThat(number(ok.getLimit())).isEqualTo("1000");
            assertThat(number(ok.getRemaining())).isEqualTo("300");
            assertThat(ok.getStatus()).isEqualTo(QuotaStatus.OK);
            assertThat(ok.getWindowStart()).isEqualTo(micros("2026-11-21T00:00:00Z"));
            assertThat(ok.getWindowEnd()).isEqualTo(micros("2026-11-22T00:00:00Z"));
            assertThat(ok.getResetsAt()).isEqualTo(micros("2026-11-22T00:00:00Z"));
        });
        use("b", 100);
        assertThat(state("day").getStatus()).isEqualTo(QuotaStatus.WARNING);
        use("c", 200);
        assertThat(state("day").getStatus()).as("all of it is not over it").isEqualTo(QuotaStatus.WARNING);
        use("d", 1);
        assertThat(state("day").getStatus()).isEqualTo(QuotaStatus.EXCEEDED);
        assertThat(number(state("day").getRemaining())).isEqualTo("0");
        assertThat(driver.rated()).hasSize(4);
    }

    @Test
    void versionsRiseAndAStatesKeyIsItsName() {
        driver.quota(DAY);
        for (int i = 0; i < 3; i++) {
            use("a" + i, 1);
        }

        List<TestRecord<byte[], byte[]>> records = driver.records(Topics.QUOTA_STATES);
        assertThat(records)
                .extracting(record ->
                        driver.codecs.quotaStates().decode(record.value()).getVersion())
                .containsExactly(1L, 2L, 3L);
        assertThat(records).allSatisfy(record -> assertThat(record.key())
                .isEqualTo(name("day", null, null).bytes()));
    }

    @Test
    void companyUserAndKeyEachHaveTheirOwnCount() {
        driver.quota(DAY);
        driver.quota(GivenQuota.of(GivenQuota.tokens("each-user", "10", PeriodKind.DAY), scope("*", null)));
        driver.quota(GivenQuota.of(GivenQuota.tokens("bob", "10", PeriodKind.DAY), scope("bob", null)));
        driver.quota(GivenQuota.of(GivenQuota.tokens("each-key", "10", PeriodKind.DAY), scope(null, "*")));
        driver.quota(
                GivenQuota.of(GivenQuota.tokens("everybody", "10", PeriodKind.DAY), GivenQuota.scope("*", null, null)));
        driver.quota(GivenQuota.of(
                GivenQuota.tokens("others", "10", PeriodKind.DAY), GivenQuota.scope("other", null, null)));
        use("a", 1, "ann", "gpt-4o");
        use("b", 2, "bob", "gpt-4o");
        use("c", 4, null, "gpt-4o");

        assertThat(driver.states()).hasSize(6);
        assertThat(used("day", null, null)).isEqualTo("7");
        assertThat(used("each-user", "ann", null)).isEqualTo("1");
        assertThat(used("each-user", "bob", null)).isEqualTo("2");
        assertThat(used("bob", "bob", null)).isEqualTo("2");
        assertThat(used("each-key", null, "key_1")).isEqualTo("7");
        assertThat(used("everybody", null, null)).isEqualTo("7");
    }

    @Test
    void aQuotaMayBeAboutAProviderOrSomeModels() {
        driver.quota(GivenQuota.of(
                GivenQuota.tokens("provider", "10", PeriodKind.DAY),
                new Scope(Given.COMPANY, null, null, "openai", null)));
        driver.quota(GivenQuota.of(
                GivenQuota.tokens("elsewhere", "10", PeriodKind.DAY),
                new Scope(Given.COMPANY, null, null, "anthropic", null)));
        driver.quota(GivenQuota.of(
                GivenQuota.tokens("model", "10", PeriodKind.DAY),
                new Scope(Given.COMPANY, null, null, null, "gpt-4*")));
        use("a", 1, "ann", "gpt-4o");
        use("b", 2, "ann", "o3");

        assertThat(used("provider", null, null)).isEqualTo("3");
        assertThat(used("model", null, null)).isEqualTo("1");
        assertThat(driver.states()).hasSize(2);
    }

    @Test
    void costRequestsAndDimensionsAreCountedEachByItsOwn() {
        driver.quota(GivenQuota.cost("cost", "1", PeriodKind.DAY));
        Quota euros = GivenQuota.cost("euros", "1", PeriodKind.DAY);
        euros.setCurrency("EUR");
        driver.quota(euros);
        Quota requests = GivenQuota.tokens("requests", "10", PeriodKind.DAY);
        requests.setMetric("requests");
        driver.quota(requests);
        Quota input = GivenQuota.tokens("input", "10", PeriodKind.DAY);
        input.setMetric("input");
        driver.quota(input);
        Quota open = GivenQuota.tokens("open", "10", PeriodKind.DAY);
        open.setMetric("concurrent");
        open.setPeriod(null);
        driver.quota(open);
        use("a", 1000);
        use("b", 1000, "ann", "no-such-model");

        assertThat(used("cost", null, null)).isEqualTo("0.0025");
        assertThat(used("requests", null, null)).isEqualTo("2");
        assertThat(used("input", null, null)).isEqualTo("2000");
        assertThat(driver.states())
                .as("nothing in euros, and open admissions are the gateway's")
                .hasSize(3);
        assertThat(driver.dead()).isEmpty();
    }

    @Test
    void aVoidAndAnAmendMoveTheStateBack() {
        driver.quota(DAY);
        use("a", 900);
        use("b", 200);
        assertThat(state("day").getStatus()).isEqualTo(QuotaStatus.EXCEEDED);
        driver.event(Given.voiding("b"));
        flush();
        assertThat(used("day", null, null)).isEqualTo("900");
        assertThat(state("day").getStatus()).isEqualTo(QuotaStatus.WARNING);
        driver.event(Given.amend("a", 2, 50, 5));
        flush();
        assertThat(used("day", null, null)).isEqualTo("55");
    }

    @Test
    void aRaisedLimitHoldsAtOnceAndNothingIsCountedAgain() {
        driver.quota(DAY);
        use("a", 1200);
        long version = state("day").getVersion();
        driver.quota(GivenQuota.limited(DAY, "2000"));

        assertThat(state("day").getStatus()).isEqualTo(QuotaStatus.OK);
        assertThat(number(state("day").getRemaining())).isEqualTo("800");
        assertThat(state("day").getVersion()).isEqualTo(version + 1);
    }

    @Test
    void aBoostRaisesTheLimitUntilItEnds() {
        driver.quota(DAY);
        use("a", 1200);
        driver.quota(GivenQuota.boosted(DAY, "5000", driver.now.plus(HOUR)));
        assertThat(state("day").getStatus()).isEqualTo(QuotaStatus.OK);
        driver.leap(HOUR.minusMinutes(1));
        assertThat(number(state("day").getLimit())).isEqualTo("5000");
        driver.restart();
        driver.leap(Duration.ofMinutes(1));
        assertThat(number(state("day").getLimit())).isEqualTo("1000");
        assertThat(state("day").getStatus()).isEqualTo(QuotaStatus.EXCEEDED);
    }

    @Test
    void aWindowEndsOnTimeThoughNothingHappens() {
        driver.quota(DAY);
        use("a", 300);
        driver.leap(Duration.between(driver.now, Instant.parse("2026-11-22T00:00:00Z")));

        assertThat(driver.resets())
                .extracting(
                        QuotaReset::getNumber, QuotaTopologyTest::used, QuotaReset::getLate, QuotaReset::getWindowStart)
                .containsExactly(tuple(0, "300", false, micros("2026-11-21T00:00:00Z")));
        assertThat(state("day")).satisfies(anew -> {
            assertThat(used(anew)).isEqualTo("0");
            assertThat(number(anew.getRemaining())).isEqualTo("1000");
            assertThat(anew.getWindowStart()).isEqualTo(micros("2026-11-22T00:00:00Z"));
        });
    }

    @Test
    void aStateThatStaysAtZeroIsTakenOutWithoutAWord() {
        driver.quota(DAY);
        use("a", 300);
        driver.leap(Duration.ofDays(1));
        assertThat(driver.resets()).hasSize(1);
        driver.leap(Duration.ofDays(1));
        assertThat(driver.states()).hasSize(1);
        driver.leap(Duration.ofDays(1));

        assertThat(driver.states()).isEmpty();
        assertThat(driver.resets()).isEmpty();
        use("b", 5);
        assertThat(used("day", null, null))
                .as("it comes back when there is something to count")
                .isEqualTo("5");
    }

    @Test
    void aLateEventMovesItsOwnWindowAndNotTodays() {
        driver.quota(DAY);
        use("a", 300);
        driver.leap(Duration.ofDays(1));
        use("b", 7);
        driver.resets();
        long version = state("day").getVersion();
        driver.event(GivenQuota.used("late", 50, driver.now.minus(Duration.ofDays(1))));
        flush();

        assertThat(driver.resets())
                .extracting(QuotaReset::getNumber, QuotaTopologyTest::used, QuotaReset::getLate, QuotaReset::getVersion)
                .containsExactly(tuple(0, "350", true, version + 1));
        assertThat(used("day", null, null)).isEqualTo("7");
        assertThat(state("day").getVersion()).isEqualTo(version);
    }

    @Test
    void aVoidOfYesterdaysUsageMovesYesterday() {
        driver.quota(DAY);
        use("a", 300);
        driver.leap(Duration.ofDays(1));
        driver.resets();
        driver.event(Given.voiding("a"));
        flush();

        assertThat(driver.resets())
                .extracting(QuotaTopologyTest::used, QuotaReset::getLate)
                .containsExactly(tuple("0", true));
        assertThat(used("day", null, null)).isEqualTo("0");
    }

    @Test
    void aLateEventForAWindowFromBeforeTheQuotaFindsWhatThatHeld() {
        Instant yesterday = driver.now.minus(Duration.ofDays(1));
        driver.event(GivenQuota.used("a", 300, yesterday, "ann", "gpt-4o", null));
        driver.event(GivenQuota.used("b", 20, yesterday.minus(HOUR), "bob", "gpt-4o", null));
        flush();
        driver.quota(GivenQuota.of(GivenQuota.tokens("each-user", "10", PeriodKind.DAY), scope("*", null)));
        driver.event(GivenQuota.used("c", 4, yesterday, "ann", "gpt-4o", null));
        flush();
        driver.event(GivenQuota.used("d", 1, yesterday, "bob", "gpt-4o", null));
        driver.event(GivenQuota.used("e", 1, yesterday, "eve", "gpt-4o", null));
        flush();

        assertThat(driver.resets())
                .extracting(QuotaReset::getUser, QuotaTopologyTest::used)
                .containsExactlyInAnyOrder(tuple("ann", "304"), tuple("bob", "21"), tuple("eve", "1"));
        assertThat(driver.states()).isEmpty();
    }

    @Test
    void anEventAheadOfTheClockCountsWhenItsWindowHasBegun() {
        driver.quota(GivenQuota.tokens("hour", "10", PeriodKind.HOUR));
        driver.event(GivenQuota.used("a", 5, driver.now));
        driver.event(GivenQuota.used("b", 3, Instant.parse("2026-11-21T11:05:00Z")));
        flush();
        assertThat(used("hour", null, null)).isEqualTo("5");
        driver.leap(HOUR);

        assertThat(used("hour", null, null)).isEqualTo("3");
        assertThat(driver.resets()).extracting(QuotaTopologyTest::used).containsExactly("5");
    }

    @Test
    void aSettlementOfUsageAheadOfTheClockNamesTheWindowToWaitFor() {
        driver.quota(GivenQuota.tokens("hour", "10", PeriodKind.HOUR));
        driver.event(GivenQuota.used("a", 3, Instant.parse("2026-11-21T11:05:00Z"), "ann", "gpt-4o", "rsv_1"));
        flush();

        assertThat(driver.settlements().get(0).getMoved())
                .extracting(MovedState::getQuota, MovedState::getWindowStart)
                .containsExactly(tuple("hour", micros("2026-11-21T11:00:00Z")));
    }

    @Test
    void whatIsAheadOfTheClockIsNotLostWhereNothingElseHappens() {
        driver.quota(GivenQuota.tokens("hour", "10", PeriodKind.HOUR));
        driver.event(GivenQuota.used("a", 3, Instant.parse("2026-11-21T11:05:00Z")));
        flush();
        driver.leap(Duration.ofHours(3));

        assertThat(driver.resets())
                .extracting(QuotaTopologyTest::used, QuotaReset::getWindowStart)
                .containsExactly(tuple("3", micros("2026-11-21T11:00:00Z")));
    }

    @Test
    void aResetByHandCountsFromZeroAgainAndSaysWhatHadBeenUsed() {
        driver.quota(DAY);
        use("a", 1200);
        Quota reset = GivenQuota.reset(DAY, 1, null, driver.now);
        driver.quota(reset);
        assertThat(used("day", null, null)).isEqualTo("0");
        assertThat(driver.resets())
                .extracting(QuotaReset::getNumber, QuotaReset::getReason, QuotaTopologyTest::used)
                .containsExactly(tuple(1, "a mistake of ours", "1200"));
        use("b", 10);
        driver.quota(GivenQuota.limited(reset, "500"));
        assertThat(used("day", null, null)).as("each number once").isEqualTo("10");
        driver.event(Given.voiding("a"));
        flush();
        assertThat(used("day", null, null))
                .as("what was forgiven is not given back as well")
                .isEqualTo("10");
        driver.leap(Duration.ofDays(1));
        assertThat(driver.resets())
                .extracting(QuotaReset::getNumber, QuotaTopologyTest::used)
                .containsExactly(tuple(0, "10"));
    }

    @Test
    void aResetByHandMayBeAboutOneUser() {
        Quota eachUser = GivenQuota.of(GivenQuota.tokens("each-user", "10", PeriodKind.DAY), scope("*", null));
        driver.quota(eachUser);
        use("a", 5, "ann", "gpt-4o");
        use("b", 6, "bob", "gpt-4o");
        driver.quota(GivenQuota.reset(eachUser, 1, "bob", driver.now));

        assertThat(used("each-user", "ann", null)).isEqualTo("5");
        assertThat(used("each-user", "bob", null)).isEqualTo("0");
        assertThat(driver.resets()).extracting(QuotaReset::getUser).containsExactly("bob");
    }

    @Test
    void aResetByHandOfARollingWindowForgivesAllOfIt() {
        Quota rolling = GivenQuota.every("rolling", "100", PeriodKind.ROLLING, 3 * 3600, Instant.EPOCH);
        driver.quota(rolling);
        driver.event(GivenQuota.used("a", 5, driver.now.minus(HOUR)));
        use("b", 6);
        driver.quota(GivenQuota.reset(rolling, 1, null, driver.now));
        assertThat(used("rolling", null, null)).isEqualTo("0");
        use("c", 7);
        driver.leap(Duration.ofHours(2));
        assertThat(used("rolling", null, null)).isEqualTo("7");
        driver.leap(Duration.ofHours(2));
        assertThat(used("rolling", null, null)).isEqualTo("0");
    }

    @Test
    void aQuotaThatIsDeletedHasNoStatesAndMadeAgainStartsFromTheTotals() {
        driver.quota(DAY);
        use("a", 5);
        driver.quota(GivenQuota.reset(DAY, 1, null, driver.now));
        use("b", 6);
        driver.noQuota("day");
        assertThat(driver.states()).isEmpty();
        use("c", 7);
        assertThat(driver.states()).isEmpty();
        driver.quota(DAY);

        assertThat(used("day", null, null)).isEqualTo("18");
    }

    @Test
    void aQuotaThatCountsSomethingElseIsCountedAnew() {
        driver.quota(GivenQuota.of(GivenQuota.tokens("q", "10", PeriodKind.DAY), scope("*", null)));
        use("a", 5, "ann", "gpt-4o");
        use("b", 6, "bob", "gpt-4o");
        driver.quota(GivenQuota.of(GivenQuota.tokens("q", "10", PeriodKind.DAY), scope("bob", null)));
        assertThat(driver.states().keySet()).containsExactly(name("q", "bob", null));
        assertThat(used("q", "bob", null)).isEqualTo("6");
        Quota requests = GivenQuota.tokens("q", "10", PeriodKind.MONTH);
        requests.setMetric("requests");
        driver.quota(requests);
        assertThat(driver.states().keySet()).containsExactly(name("q", null, null));
        assertThat(used("q", null, null)).isEqualTo("2");
        Quota concurrent = GivenQuota.tokens("q", "10", PeriodKind.DAY);
        concurrent.setMetric("concurrent");
        concurrent.setPeriod(null);
        driver.quota(concurrent);
        assertThat(driver.states()).isEmpty();
    }

    @Test
    void aSettlementNamesTheStatesThatHoldItsUsage() {
        driver.quota(DAY);
        driver.quota(GivenQuota.of(GivenQuota.tokens("each-user", "10", PeriodKind.DAY), scope("*", null)));
        driver.quota(GivenQuota.cost("cost", "10", PeriodKind.DAY));
        driver.event(GivenQuota.used("a", 5, driver.now, "ann", "no-such-model", "rsv_1"));
        flush();

        QuotaSettlement settlement = driver.settlements().get(0);
        assertThat(settlement.getCompany()).isEqualTo(Given.COMPANY);
        assertThat(settlement.getReservations()).containsExactly("rsv_1");
        assertThat(settlement.getMoved())
                .as("what has no price is in no cost")
                .extracting(MovedState::getQuota, MovedState::getUser)
                .containsExactlyInAnyOrder(tuple("day", null), tuple("each-user", "ann"));
        assertThat(driver.states().values())
                .extracting(QuotaState::getVersion)
                .as("from the settlement's version on, which is that of every state it names")
                .containsOnly(settlement.getVersion());
    }

    @Test
    void aSettlementWhoseUsageIsInNoCurrentWindowNamesNoState() {
        driver.event(GivenQuota.used("a", 5, driver.now, "ann", "gpt-4o", "rsv_1"));
        flush();
        driver.quota(DAY);
        long version = state("day").getVersion();
        driver.event(GivenQuota.used("b", 5, driver.now.minus(Duration.ofDays(2)), "ann", "gpt-4o", "rsv_2"));
        flush();

        List<TestRecord<byte[], byte[]>> records = driver.records(Topics.QUOTA_SETTLEMENTS);
        assertThat(records)
                .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
                .containsOnly(Given.COMPANY);
        assertThat(records)
                .extracting(record -> driver.codecs.settlements().decode(record.value()))
                .extracting(QuotaSettlement::getReservations, QuotaSettlement::getVersion, settled -> settled.getMoved()
                        .size())
                .containsExactly(tuple(List.of("rsv_1"), 0L, 0), tuple(List.of("rsv_2"), version + 1, 0));
    }

    @Test
    void aTaskThatStartsAgainKnowsWhatItKnew() {
        driver.quota(DAY);
        driver.quota(GivenQuota.every("rolling", "100", PeriodKind.ROLLING, 3 * 3600, Instant.EPOCH));
        use("a", 300);
        driver.resets();
        driver.restart();
        use("b", 7);
        assertThat(used("day", null, null)).isEqualTo("307");
        assertThat(used("rolling", null, null)).isEqualTo("307");
        assertThat(state("day").getVersion()).isEqualTo(2);
        driver.restart();
        driver.leap(Duration.between(driver.now, Instant.parse("2026-11-22T00:00:00Z")));
        assertThat(driver.resets()).extracting(QuotaTopologyTest::used).containsExactly("307");
        assertThat(used("day", null, null)).isEqualTo("0");
        assertThat(used("rolling", null, null)).isEqualTo("0");
    }

    @Test
    void whatIsNoQuotaIsADeadLetterAndTheOneBeforeHolds() {
        driver.quota(DAY);
        byte[] key = "day".getBytes(StandardCharsets.UTF_8);
        driver.send(Topics.CONFIG_QUOTAS, key, new byte[] {1, 2, 3});
        Quota nowhere = GivenQuota.in(GivenQuota.tokens("day", "5", PeriodKind.DAY), "Atlantis/Capital");
        driver.quota(nowhere);
        driver.send(Topics.CONFIG_QUOTAS, null, driver.codecs.quotas().encode(DAY));
        use("a", 5);

        assertThat(driver.dead()).hasSize(3).allSatisfy(letter -> assertThat(letter.getCode())
                .isEqualTo("unreadable"));
        assertThat(number(state("day").getLimit())).isEqualTo("1000");
    }

    private void use(String id, long tokens) {
        use(id, tokens, "user-42", "gpt-4o");
    }

    private void use(String id, long tokens, @Nullable String user, String model) {
        driver.event(GivenQuota.used(id, tokens, driver.now, user, model, null));
        flush();
    }

    private void flush() {
        driver.idle(Duration.ofSeconds(1));
    }

    private QuotaState state(String quota) {
        return state(name(quota, null, null));
    }

    private QuotaState state(StateName name) {
        return Objects.requireNonNull(driver.states().get(name), () -> name + " among " + driver.states());
    }

    private String used(String quota, @Nullable String user, @Nullable String key) {
        return used(state(name(quota, user, key)));
    }

    private static String used(QuotaState state) {
        return number(state.getUsed());
    }

    private static String used(QuotaReset reset) {
        return number(reset.getUsed());
    }

    private static String number(ExactDecimal value) {
        return Decimals.fromAvro(value).toString();
    }

    private static StateName name(String quota, @Nullable String user, @Nullable String key) {
        return new StateName(Given.COMPANY, quota, user, key);
    }

    private static Scope scope(@Nullable String user, @Nullable String key) {
        return GivenQuota.scope(Given.COMPANY, user, key);
    }

    private static long micros(String time) {
        return Given.micros(Instant.parse(time));
    }
}
