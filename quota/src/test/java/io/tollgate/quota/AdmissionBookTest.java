package io.tollgate.quota;

import static io.tollgate.quota.Given.COMPANY;
import static io.tollgate.quota.Given.NOW;
import static io.tollgate.quota.Given.SECOND;
import static io.tollgate.quota.Given.budget;
import static io.tollgate.quota.Given.caller;
import static io.tollgate.quota.Given.dollars;
import static io.tollgate.quota.Given.draft;
import static io.tollgate.quota.Given.exact;
import static io.tollgate.quota.Given.quota;
import static io.tollgate.quota.Given.scope;
import static io.tollgate.quota.Given.state;
import static io.tollgate.quota.Given.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Boost;
import io.tollgate.avro.Enforcement;
import io.tollgate.avro.MovedState;
import io.tollgate.avro.Period;
import io.tollgate.avro.PeriodKind;
import io.tollgate.avro.Quota;
import io.tollgate.avro.QuotaSettlement;
import io.tollgate.avro.Reservation;
import io.tollgate.quota.Admissions.Decision;
import io.tollgate.quota.Admissions.Denied;
import io.tollgate.quota.Admissions.Granted;
import io.tollgate.quota.Admissions.Unpriced;
import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdmissionBookTest {
    private static final StateName DAY = new StateName(COMPANY, "day", null, null);
    private static final Window TODAY =
            new Window(Given.micros("2026-11-21T00:00:00Z"), Given.micros("2026-11-22T00:00:00Z"));

    private final AdmissionBook book = new AdmissionBook();
    private int asked;

    @Test
    void whatFitsIsHeldAndWhatDoesNotIsDenied() {
        have(budget("day", "1"));

        assertThat(ask("0.6")).isInstanceOf(Granted.class);
        Denied denied = (Denied) ask("0.5");
        assertThat(denied.by().reserved()).isEqualTo(Decimal.parse("0.6"));
        assertThat(denied.by().remaining()).isEqualTo(Decimal.parse("0.4"));
        assertThat(denied.by().resetsAt()).isEqualTo(TODAY.end());
        assertThat(ask("0.4")).isInstanceOf(Granted.class);
        assertThat(ask("0.000000001")).isInstanceOf(Denied.class);
    }

    @Test
    void whatWasUsedCountsToo() {
        Quota day = have(budget("day", "1"));
        book.stateRead(DAY, state(day, DAY, "0.9", 7, TODAY));

        assertThat(ask("0.2")).isInstanceOf(Denied.class);
        Granted granted = (Granted) ask("0.1");
        assertThat(granted.quotas()).singleElement().satisfies(view -> {
            assertThat(view.standing().used()).isEqualTo(Decimal.parse("0.9"));
            assertThat(view.reserved()).isEqualTo(Decimal.parse("0.1"));
            assertThat(view.remaining()).isEqualTo(Decimal.ZERO);
        });
    }

    @Test
    void allQuotasOfTheCallerHoldOrNone() {
        have(budget("company", "10"));
        have(quota("user", Metric.TOKENS, "100").setScope(scope(COMPANY, "*", null)));
        have(quota("key", Metric.REQUESTS, "1").setScope(scope(COMPANY, null, "key_1")));

        Granted granted = (Granted) ask(caller("ann", "key_1"), estimate(60, "1"), NOW);
        assertThat(granted.reservation().getHolds())
                .extracting(hold -> hold.getQuota() + " " + hold.getUser() + " " + hold.getKey())
                .containsExactlyInAnyOrder("company null null", "user ann null", "key null key_1");
        assertThat(((Denied) ask(caller("ann", "key_1"), estimate(10, "1"), NOW))
                        .by()
                        .quota()
                        .getId())
                .isEqualTo("key");
        assertThat(((Denied) ask(caller("ann", "key_2"), estimate(41, "1"), NOW))
                        .by()
                        .quota()
                        .getId())
                .isEqualTo("user");
        assertThat(ask(caller("bob", "key_2"), estimate(100, "9"), NOW)).isInstanceOf(Granted.class);
        assertThat(reserved("company")).isEqualTo(Decimal.of(10));
    }

    @Test
    void ofSeveralThatSayNoTheOneThatResetsLastIsNamed() {
        have(quota("minute", Metric.REQUESTS, "0").setPeriod(Given.period(PeriodKind.MINUTE)));
        have(quota("month", Metric.REQUESTS, "0").setPeriod(Given.period(PeriodKind.MONTH)));
        have(quota("hour", Metric.REQUESTS, "0").setPeriod(Given.period(PeriodKind.HOUR)));

        assertThat(((Denied) ask("0")).by().quota().getId()).isEqualTo("month");
    }

    @Test
    void softQuotasNeverDenyAndShadowsOnlySaySo() {
        have(budget("soft", "1").setEnforcement(Enforcement.SOFT));
        have(budget("shadow", "1").setEnforcement(Enforcement.SHADOW));

        Granted granted = (Granted) ask("5");
        assertThat(granted.wouldDeny()).containsExactly("shadow");
        assertThat(reserved("soft")).isEqualTo(Decimal.of(5));
    }

    @Test
    void withoutAPriceThereIsNoAdmissionUnderAHardBudget() {
        have(budget("soft", "1").setEnforcement(Enforcement.SOFT));
        Estimate unpriced = new Estimate(Map.of("input", Decimal.ONE), Decimal.ONE, null, null);
        assertThat(ask(caller(null, null), unpriced, NOW)).isInstanceOf(Granted.class);

        have(budget("hard", "1"));
        assertThat(ask(caller(null, null), unpriced, NOW)).isInstanceOf(Unpriced.class);
        assertThat(reserved("soft")).isEqualTo(Decimal.ZERO);
    }

    @Test
    void whoDoesNotSayWhatItWillUseGetsNothingWhereNothingIsLeft() {
        Quota day = have(quota("day", Metric.TOKENS, "100"));
        Estimate unknown = new Estimate(Map.of(), Decimal.ZERO, Decimal.ZERO, "USD");
        assertThat(ask(caller(null, null), unknown, NOW)).isInstanceOf(Granted.class);

        book.stateRead(DAY, state(day, DAY, "100", 1, TODAY));
        assertThat(ask(caller(null, null), unknown, NOW)).isInstanceOf(Denied.class);
        assertThat(ask(caller(null, null), tokens(0), NOW)).isInstanceOf(Granted.class);
    }

    @Test
    void openAdmissionsAreCountedAsConcurrent() {
        have(quota("calls", Metric.CONCURRENT, "2"));

        Granted first = (Granted) ask("0");
        assertThat(ask("0")).isInstanceOf(Granted.class);
        assertThat(ask("0")).isInstanceOf(Denied.class);
        book.release(COMPANY, first.reservation().getId(), NOW);
        Granted third = (Granted) ask("0");
        book.settlementRead(settlement(1, third), NOW);
        assertThat(ask("0")).isInstanceOf(Granted.class);
    }

    @Test
    void whatIsReleasedIsFreeOnce() {
        have(budget("day", "1"));
        Reservation held = ((Granted) ask("1")).reservation();

        assertThat(book.release(COMPANY, held.getId(), NOW)).isTrue();
        assertThat(book.release(COMPANY, held.getId(), NOW)).isFalse();
        assertThat(book.release("other", held.getId(), NOW)).isFalse();
        assertThat(ask("1")).isInstanceOf(Granted.class);
        assertThat(ask("0.1")).isInstanceOf(Denied.class);
    }

    @Test
    void aReservationHoldsUntilItExpires() {
        have(budget("day", "1"));
        Reservation held = ((Granted) ask("1")).reservation();
        long end = held.getExpiresAt();

        assertThat(ask(caller(null, null), dollars("1"), end - 1)).isInstanceOf(Denied.class);
        assertThat(book.find(COMPANY, held.getId(), end - 1)).isEqualTo(held);
        assertThat(book.find(COMPANY, held.getId(), end)).isNull();
        assertThat(ask(caller(null, null), dollars("1"), end)).isInstanceOf(Granted.class);
    }

    @Test
    void aSettlementThatComesBeforeItsStateKeepsTheHoldUntilThen() {
        Quota day = have(budget("day", "1"));
        Granted granted = (Granted) ask("0.7");

        book.settlementRead(settlement(5, granted, DAY), NOW);
        assertThat(reserved("day")).isEqualTo(Decimal.parse("0.7"));
        book.stateRead(DAY, state(day, DAY, "0.1", 4, TODAY));
        assertThat(reserved("day")).isEqualTo(Decimal.parse("0.7"));
        book.stateRead(DAY, state(day, DAY, "0.5", 5, TODAY));
        assertThat(reserved("day")).isEqualTo(Decimal.ZERO);
        assertThat(ask("0.5")).isInstanceOf(Granted.class);
    }

    @Test
    void aStateThatComesBeforeItsSettlementIsCountedBesideTheHoldUntilThen() {
        Quota day = have(budget("day", "1"));
        Granted granted = (Granted) ask("0.7");

        book.stateRead(DAY, state(day, DAY, "0.5", 5, TODAY));
        assertThat(ask("0.1")).isInstanceOf(Denied.class);
        book.settlementRead(settlement(5, granted, DAY), NOW);
        assertThat(ask("0.5")).isInstanceOf(Granted.class);
    }

    @Test
    void usageAheadOfTheClockIsHeldUntilTheStateIsOfItsWindow() {
        Quota day = have(budget("day", "1"));
        book.stateRead(DAY, state(day, DAY, "0", 5, TODAY));
        Granted granted = (Granted) ask("0.7");

        book.settlementRead(
                new QuotaSettlement(
                        COMPANY,
                        5L,
                        List.of(granted.reservation().getId()),
                        List.of(new MovedState("day", null, null, TODAY.end()))),
                NOW);
        assertThat(ask("0.4")).isInstanceOf(Denied.class);
        Window tomorrow = new Window(TODAY.end(), TODAY.end() + (TODAY.end() - TODAY.start()));
        book.stateRead(DAY, state(day, DAY, "0.7", 6, tomorrow));
        assertThat(reserved("day")).isEqualTo(Decimal.ZERO);
    }

    @Test
    void aHoldOnAStateThatDidNotMoveIsGoneWithTheSettlement() {
        have(budget("day", "1"));
        Granted granted = (Granted) ask("1");

        book.settlementRead(settlement(5, granted), NOW);

        assertThat(reserved("day")).isEqualTo(Decimal.ZERO);
        assertThat(book.openReservations()).isZero();
    }

    @Test
    void anotherGatewaysReservationMayBeReadAfterItsSettlement() {
        Quota day = have(budget("day", "1"));
        Granted elsewhere = (Granted) other(day).ask(caller(null, null), dollars("1"), draft("rsv_other", NOW), NOW);

        book.settlementRead(settlement(5, elsewhere, DAY), NOW);
        book.stateRead(DAY, state(day, DAY, "0.2", 5, TODAY));
        book.reservationRead(elsewhere.reservation(), NOW);

        assertThat(ask("0.8")).isInstanceOf(Granted.class);
    }

    @Test
    void anotherGatewaysReservationHoldsHereAndItsReleaseFrees() {
        Quota day = have(budget("day", "1"));
        Granted elsewhere = (Granted) other(day).ask(caller(null, null), dollars("1"), draft("rsv_other", NOW), NOW);

        book.reservationRead(elsewhere.reservation(), NOW);
        assertThat(ask("0.1")).isInstanceOf(Denied.class);
        book.reservationRead(
                Reservation.newBuilder(elsewhere.reservation())
                        .setReleased(true)
                        .setHolds(List.of())
                        .build(),
                NOW);
        assertThat(ask("1")).isInstanceOf(Granted.class);
    }

    @Test
    void aReservationThatIsOverWhenItIsReadHoldsNothing() {
        Quota day = have(budget("day", "1"));
        Granted elsewhere = (Granted) other(day).ask(caller(null, null), dollars("1"), draft("rsv_other", NOW), NOW);

        book.reservationRead(elsewhere.reservation(), elsewhere.reservation().getExpiresAt());

        assertThat(book.openReservations()).isZero();
    }

    @Test
    void aWindowThatIsOverCountsNothingButHoldsStay() {
        Quota day = have(budget("day", "1"));
        book.stateRead(DAY, state(day, DAY, "0.9", 3, TODAY));
        long midnight = TODAY.end();
        Decision late = book.ask(
                caller(null, null),
                dollars("0.1"),
                draft("rsv_late", midnight - SECOND, midnight + 600 * SECOND),
                midnight - SECOND);
        assertThat(late).isInstanceOf(Granted.class);

        assertThat(ask(caller(null, null), dollars("1"), midnight)).isInstanceOf(Denied.class);
        assertThat(ask(caller(null, null), dollars("0.9"), midnight)).isInstanceOf(Granted.class);
    }

    @Test
    void aBoostHoldsUntilItsEnd() {
        have(budget("day", "1").setBoost(new Boost(exact("5"), NOW + 60 * SECOND)));

        assertThat(ask("5")).isInstanceOf(Granted.class);
        Denied after = (Denied) ask(caller(null, null), dollars("0.1"), NOW + 60 * SECOND);
        assertThat(after.by().standing().limit()).isEqualTo(Decimal.ONE);
        assertThat(after.by().remaining()).isEqualTo(Decimal.ZERO);
    }

    @Test
    void aRaisedLimitHoldsAtOnceAndKeepsTheHolds() {
        Quota before = have(budget("day", "1"));
        assertThat(ask("1")).isInstanceOf(Granted.class);

        book.quotaChanged(before, budget("day", "3").build());
        assertThat(ask("2.5")).isInstanceOf(Denied.class);
        assertThat(ask("2")).isInstanceOf(Granted.class);
    }

    @Test
    void aQuotaThatCountsSomethingElseForgetsItsHolds() {
        Quota before = have(budget("day", "1"));
        assertThat(ask("1")).isInstanceOf(Granted.class);

        Quota after = quota("day", Metric.REQUESTS, "1").build();
        book.quotaChanged(before, after);
        assertThat(ask("9")).isInstanceOf(Granted.class);
        assertThat(ask("9")).isInstanceOf(Denied.class);

        book.quotaChanged(after, null);
        assertThat(ask("9")).isInstanceOf(Granted.class);
        assertThat(book.standing(COMPANY, name -> true, NOW)).isEmpty();
        book.expire(NOW + 601 * SECOND);
        assertThat(book.openReservations()).isZero();
    }

    @Test
    void aStateThatIsReadBeforeTheChangeThatMadeItStays() {
        Quota before = have(budget("day", "1"));
        Quota after = quota("day", Metric.REQUESTS, "3").build();

        book.stateRead(DAY, state(after, DAY, "3", 9, TODAY));
        book.quotaChanged(before, after);

        assertThat(ask("0")).isInstanceOf(Denied.class);
    }

    @Test
    void aRollingQuotaIsExceededUntilAStateSaysOtherwise() {
        Quota rolling = have(quota("hours", Metric.TOKENS, "10").setPeriod(new Period(PeriodKind.ROLLING, 3600L, 0L)));
        StateName hours = new StateName(COMPANY, "hours", null, null);
        Window window = new Window(NOW - 3_600 * SECOND, NOW + 900 * SECOND);
        book.stateRead(hours, state(rolling, hours, "11", 1, window));

        assertThat(book.exceeded(caller(null, null), window.end())).containsExactly("hours");
        assertThat(ask(caller(null, null), tokens(1), window.end())).isInstanceOf(Denied.class);
    }

    @Test
    void aStateOfWhatTheQuotaCountedBeforeIsNoneOfItsUsage() {
        Quota dollars = have(budget("day", "500"));
        book.stateRead(DAY, state(dollars, DAY, "450", 9, TODAY));
        Quota tokens = quota("day", Metric.TOKENS, "100").build();

        book.quotaChanged(dollars, tokens);

        assertThat(ask(caller(null, null), tokens(100), NOW)).isInstanceOf(Granted.class);
    }

    @Test
    void aStateOfAnotherPeriodIsNoneOfItsUsage() {
        Quota daily = have(budget("day", "500"));
        book.stateRead(DAY, state(daily, DAY, "450", 9, TODAY));

        book.quotaChanged(
                daily,
                budget("day", "500").setPeriod(Given.period(PeriodKind.MONTH)).build());

        assertThat(ask("500")).isInstanceOf(Granted.class);
    }

    @Test
    void aSettledHoldWaitsForItsStateHoweverLongThatTakes() {
        Quota day = have(budget("day", "1"));
        book.stateRead(DAY, state(day, DAY, "0.1", 4, TODAY));
        Granted granted = (Granted) ask("0.7");

        book.settlementRead(settlement(5, granted, DAY), NOW);
        long later = granted.reservation().getExpiresAt() + 3_600 * SECOND;
        book.expire(later);

        assertThat(ask(caller(null, null), dollars("0.3"), later)).isInstanceOf(Denied.class);
        assertThat(ask(caller(null, null), dollars("0.2"), later)).isInstanceOf(Granted.class);
    }

    @Test
    void settlementsOfUnknownReservationsAreBounded() {
        Quota day = have(budget("day", "1"));
        Granted elsewhere = (Granted) other(day).ask(caller(null, null), dollars("1"), draft("rsv_other", NOW), NOW);
        book.settlementRead(settlement(5, elsewhere), NOW);
        for (int i = 0; i < 20_000; i++) {
            book.settlementRead(new QuotaSettlement(COMPANY, 6L, List.of("made-up-" + i), List.of()), NOW);
        }

        // It is forgotten among them: the reservation, read now, holds until it expires.
        book.reservationRead(elsewhere.reservation(), NOW);
        assertThat(ask("0.1")).isInstanceOf(Denied.class);
    }

    @Test
    void quotasForEachCompanyAreEachCompanysOwn() {
        have(budget("all", "1").setScope(scope("*", null, null)));

        assertThat(ask("1")).isInstanceOf(Granted.class);
        assertThat(ask("1")).isInstanceOf(Denied.class);
        Caller elsewhere = new Caller("globex", null, null, "openai", "gpt-4o");
        assertThat(ask(elsewhere, dollars("1"), NOW)).isInstanceOf(Granted.class);
    }

    @Test
    void whatIsExceededIsKnownForItsCallersAlone() {
        Quota user = have(quota("user", Metric.TOKENS, "10").setScope(scope(COMPANY, "*", null)));
        StateName ann = new StateName(COMPANY, "user", "ann", null);
        book.stateRead(ann, state(user, ann, "11", 1, TODAY));

        assertThat(book.exceeded(caller("ann", "key_1"), NOW)).containsExactly("user");
        assertThat(book.exceeded(caller("bob", "key_1"), NOW)).isEmpty();
        assertThat(book.exceeded(caller("ann", "key_1"), TODAY.end())).isEmpty();
        book.stateRead(ann, state(user, ann, "10", 2, TODAY));
        assertThat(book.exceeded(caller("ann", "key_1"), NOW)).isEmpty();
    }

    @Test
    void aQuotaThatNobodyUsedYetStandsAtNothing() {
        have(budget("day", "1"));
        have(quota("user", Metric.TOKENS, "10").setScope(scope(COMPANY, "*", null)));

        assertThat(book.standing(COMPANY, name -> true, NOW))
                .extracting(view -> view.name().quota())
                .containsExactly("day");
    }

    private Quota have(Quota.Builder builder) {
        Quota quota = builder.build();
        book.quotaChanged(null, quota);
        return quota;
    }

    private static AdmissionBook other(Quota quota) {
        AdmissionBook other = new AdmissionBook();
        other.quotaChanged(null, quota);
        return other;
    }

    private Decision ask(String dollars) {
        return ask(caller(null, null), dollars(dollars), NOW);
    }

    private Decision ask(Caller caller, Estimate estimate, long now) {
        Reservation draft = Reservation.newBuilder(draft("rsv_" + asked++, now))
                .setCompany(caller.company())
                .build();
        return book.ask(caller, estimate, draft, now);
    }

    private static Estimate estimate(long tokens, String dollars) {
        return new Estimate(Map.of("input", Decimal.of(tokens)), Decimal.of(tokens), Decimal.parse(dollars), "USD");
    }

    private Decimal reserved(String quota) {
        return book.standing(COMPANY, name -> name.quota().equals(quota), NOW).stream()
                .map(QuotaView::reserved)
                .reduce(Decimal.ZERO, Decimal::plus);
    }

    private static QuotaSettlement settlement(long version, Granted granted, StateName... moved) {
        return new QuotaSettlement(
                COMPANY,
                version,
                List.of(granted.reservation().getId()),
                List.of(moved).stream()
                        .map(name -> new MovedState(name.quota(), name.user(), name.key(), null))
                        .toList());
    }
}
