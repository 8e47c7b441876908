package io.tollgate.usageapi.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.usageapi.dead.EventLetter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventStateTest {
    private static final Instant THEN = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void anEventWithOneRowIsInTheStateOfThatRow() {
        for (String state : List.of("rated", "unpriced", "usage_missing")) {
            assertThat(word(records(List.of(row(0, "usage", null, 1, state)), List.of())))
                    .isEqualTo(state);
        }
    }

    @Test
    void anEventWhoseRowsAreAllReversedIsVoided() {
        assertThat(word(records(
                        List.of(row(0, "usage", null, 1, "rated"), row(1, "reversal", 0, 1, "rated")), List.of())))
                .isEqualTo("voided");
    }

    @Test
    void theReplacementOfAnAmendIsInForce() {
        EventState state = EventState.of(records(
                List.of(
                        row(0, "usage", null, 1, "rated"),
                        row(1, "reversal", 0, 2, "rated"),
                        row(2, "replacement", 0, 2, "unpriced")),
                List.of()));
        assertThat(state).isNotNull();
        assertThat(state.word()).isEqualTo("unpriced");
        assertThat(state.inForce()).isNotNull().returns(2, LedgerRow::sequence);
    }

    @Test
    void aVoidThatCameFirstIsPendingUntilItsEventComes() {
        assertThat(word(records(List.of(), List.of(outcome("void", "pending")))))
                .isEqualTo("void_pending");
        assertThat(word(records(List.of(), List.of(outcome("void", "applied"), outcome("usage", "cancelled")))))
                .isEqualTo("voided");
    }

    @Test
    void anAmendThatCameFirstIsPendingToo() {
        assertThat(word(records(List.of(), List.of(outcome("amend", "pending")))))
                .isEqualTo("amend_pending");
    }

    @Test
    void aDeadUsageIsDead() {
        assertThat(word(records(List.of(), List.of(outcome("usage", "dead"))))).isEqualTo("dead");
        assertThat(word(withLetter("usage.inbox-0-1"))).isEqualTo("dead");
        assertThat(word(withLetter("usage.events-0-1"))).isNull();
    }

    @Test
    void aCorrectionThatNeverFoundItsEventMakesNone() {
        assertThat(word(records(List.of(), List.of(outcome("void", "unmatched")))))
                .isNull();
        assertThat(word(records(List.of(), List.of()))).isNull();
    }

    private static @Nullable String word(EventRecords records) {
        EventState state = EventState.of(records);
        return state == null ? null : state.word();
    }

    private static EventRecords records(List<LedgerRow> ledger, List<OutcomeRow> outcomes) {
        return new EventRecords(ledger, outcomes, 0, 0, List.of());
    }

    private static EventRecords withLetter(String id) {
        EventLetter letter = new EventLetter(id, "invalid_event", "", THEN.toString(), List.of());
        return new EventRecords(List.of(), List.of(), 0, 0, List.of(letter));
    }

    private static LedgerRow row(int sequence, String kind, @Nullable Integer corrects, int revision, String state) {
        return new LedgerRow(
                sequence,
                kind,
                "usage",
                corrects,
                null,
                revision,
                state,
                null,
                THEN,
                THEN,
                "openai",
                "gpt-4o",
                LedgerRow.Variety.NONE,
                null,
                Decimal.ONE,
                Decimal.ONE,
                "USD",
                1L,
                List.of(),
                null);
    }

    private static OutcomeRow outcome(String submission, String outcome) {
        return new OutcomeRow(THEN, submission, outcome, 1, null, null, null, null, null);
    }
}
