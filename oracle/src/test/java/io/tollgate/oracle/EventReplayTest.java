package io.tollgate.oracle;

import static io.tollgate.oracle.Samples.NOON;
import static io.tollgate.oracle.Samples.price;
import static io.tollgate.oracle.Samples.submission;
import static io.tollgate.oracle.Samples.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.oracle.Samples.Book;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The table of what a submission does to its event, row by row. */
class EventReplayTest {
    private static final long SECOND = 1_000_000;
    private static final long DAY = 86_400 * SECOND;
    private static final PriceHistory PRICES =
            new Book().list("openai", "gpt-4o", price("input", "2")).build();
    private static final Usage ONE = usage("openai", "gpt-4o").of("input", "1").build();
    private static final Usage THREE =
            usage("openai", "gpt-4o").of("input", "3").build();

    private final EventReplay replay = new EventReplay(PRICES, Map.of());
    private int offset;

    @Test
    void aUsageIsBookedOnceAndItsRepetitionsAreDuplicatesOrConflicts() {
        say("usage", 1, ONE);
        say("usage", 1, ONE);
        say("usage", 1, THREE);

        assertThat(rows()).containsExactly("0 usage 2");
        assertThat(outcomes()).containsExactly("duplicate", "conflict");
    }

    @Test
    void aVoidReversesWhatIsBookedAndNothingBringsItBack() {
        say("usage", 1, ONE);
        say("void", 1, null);
        say("void", 1, null);
        say("amend", 2, THREE);
        say("usage", 1, THREE);

        assertThat(rows()).containsExactly("0 usage 2", "1 reversal of 0 -2");
        assertThat(outcomes()).containsExactly("applied", "no_effect", "no_effect", "duplicate");
    }

    @Test
    void aVoidThatCameFirstCancelsItsEvent() {
        say("void", 1, null);
        assertThat(outcomes()).containsExactly("pending");
        say("void", 1, null);
        say("usage", 1, ONE);
        say("usage", 1, ONE);

        assertThat(rows()).isEmpty();
        assertThat(outcomes()).containsExactly("applied", "no_effect", "cancelled", "duplicate");
    }

    @Test
    void anAmendReversesTheRowInForceAndPutsAnotherInItsPlace() {
        say("usage", 1, ONE);
        say("amend", 3, THREE);
        say("amend", 2, ONE);

        assertThat(rows()).containsExactly("0 usage 2", "1 reversal of 0 -2", "2 replacement of 0 6");
        assertThat(outcomes()).containsExactly("applied", "no_effect");
    }

    @Test
    void ofTheAmendsThatCameFirstTheHighestCounts() {
        say("amend", 2, ONE);
        say("amend", 4, THREE);
        say("amend", 3, ONE);
        say("usage", 1, ONE);

        assertThat(rows()).containsExactly("0 usage 6");
        assertThat(replay.rows().get(0).row().get("revision")).isEqualTo("4");
        assertThat(outcomes()).containsExactly("no_effect", "applied", "no_effect");
    }

    @Test
    void aVoidTakesThePlaceOfAnAmendThatWaits() {
        say("amend", 2, THREE);
        say("void", 1, null);
        say("usage", 1, ONE);

        assertThat(rows()).isEmpty();
        assertThat(outcomes()).containsExactly("no_effect", "applied", "cancelled");
    }

    @Test
    void whatWaitsForADayIsUnmatchedAndDead() {
        say("void", 1, null);
        replay.add(submission("usage", ++offset, NOON + DAY + 2 * SECOND, 1, ONE));

        assertThat(rows()).containsExactly("0 usage 2");
        assertThat(outcomes()).containsExactly("unmatched");
        assertThat(replay.dead().values()).containsExactly("unmatched");
    }

    @Test
    void theWaitEndsWithoutARecordToo() {
        say("void", 1, null);
        replay.end(NOON + DAY);
        assertThat(outcomes()).containsExactly("pending");
        replay.end(NOON + DAY + SECOND);
        assertThat(outcomes()).containsExactly("unmatched");
    }

    @Test
    void aUsageFarAheadOfItsRecordOrFarBehindItIsDead() {
        replay.add(submission("usage", 1, NOON - 76 * 60 * SECOND, 1, ONE));
        replay.add(submission("usage", 2, NOON + 35 * DAY + SECOND, 1, ONE));
        replay.add(submission("usage", 3, NOON + 35 * DAY, 1, ONE));

        assertThat(replay.dead().values()).containsExactly("timestamp_in_future", "timestamp_too_far_in_past");
        assertThat(rows()).containsExactly("0 usage 2");
    }

    @Test
    void anUnpricedUsageIsBookedWithoutACostAndSaysSo() {
        say("usage", 1, usage("openai", "nobody-knows").of("input", "1").build());

        assertThat(rows()).containsExactly("0 usage null");
        assertThat(replay.outcomes().values().iterator().next().code()).isEqualTo("no_price");
    }

    @Test
    void anAmendSaysWhatItChangesAndLeavesTheRest() {
        replay.add(submission(
                "usage",
                1,
                NOON,
                1,
                usage("openai", "gpt-4o").of("input", "1").tier("batch").took(7).build()));
        replay.add(submission(
                "amend",
                2,
                NOON,
                2,
                usage("openai", "gpt-4o")
                        .of("input", "3")
                        .by(null)
                        .untimed()
                        .at("2026-03-15T11:59:00Z")
                        .build()));

        LedgerRow row = replay.rows().get(2).row();
        assertThat(row.get("service_tier")).isNull();
        assertThat(row.get("latency_ms")).isEqualTo("7");
        assertThat(row.get("user_id")).isEqualTo("ann");
        assertThat(row.get("event_time")).isEqualTo(Long.toString(NOON));
    }

    @Test
    void aReRateReplacesWhatCostsSomethingElseByNow() {
        PriceHistory prices = new Book()
                .later(NOON - SECOND, null, "openai", "gpt-4o", price("input", "2"))
                .later(NOON + SECOND, null, "openai", "gpt-4o", price("input", "5"))
                .build();
        EventReplay early = new EventReplay(prices, Map.of(0, shown(prices, 1, 0)));
        early.add(submission("usage", 1, NOON, 1, ONE));
        early.add(submission("rerate", 2, NOON + 2 * SECOND, 1, null));
        early.add(submission("rerate", 3, NOON + 3 * SECOND, 1, null));

        assertThat(rows(early)).containsExactly("0 usage 2", "1 reversal of 0 -2", "2 replacement of 0 5");
        assertThat(early.outcomes().values()).extracting(OutcomeRow::outcome).containsExactly("applied", "no_effect");
    }

    @Test
    void aPriceThatCameWhileTheEventWaitedMayHoldOrNotAndTheRowSaysWhich() {
        PriceHistory prices = new Book()
                .later(NOON - SECOND, null, "openai", "gpt-4o", price("input", "2"))
                .later(NOON + SECOND, null, "openai", "gpt-4o", price("input", "5"))
                .build();

        assertThat(rows(replayOf(prices, 1, NOON))).containsExactly("0 usage 2");
        assertThat(rows(replayOf(prices, 2, NOON))).containsExactly("0 usage 5");
        // Posted after the change: the old price is wrong, whatever the row says.
        assertThat(rows(replayOf(prices, 1, NOON + 2 * SECOND))).containsExactly("0 usage 5");
    }

    private static EventReplay replayOf(PriceHistory prices, int shown, long appendedAt) {
        EventReplay replay = new EventReplay(prices, Map.of(0, shown(prices, shown, appendedAt)));
        replay.add(submission("usage", 1, appendedAt, 1, ONE));
        return replay;
    }

    /** The row of an event that was rated by the first changes of the book. */
    private static LedgerRow shown(PriceHistory prices, int changes, long appendedAt) {
        Rating rating = Pricing.rate(prices, changes, "acme", ONE);
        return LedgerRow.of(submission("usage", 1, appendedAt, 1, ONE), "usage", 0, null, 1, "key-1", ONE, rating);
    }

    private void say(String kind, int revision, @Nullable Usage usage) {
        offset++;
        replay.add(submission(kind, offset, NOON + offset * SECOND, revision, usage));
    }

    private List<String> rows() {
        return rows(replay);
    }

    private static List<String> rows(EventReplay replay) {
        return replay.rows().stream()
                .map(EventReplay.Booked::row)
                .map(row -> row.get("sequence") + " " + row.get("kind")
                        + (row.get("corrects") == null ? "" : " of " + row.get("corrects")) + " " + row.get("cost"))
                .toList();
    }

    /** In the order of the submissions that have one. */
    private List<String> outcomes() {
        return replay.outcomes().entrySet().stream()
                .sorted((one, other) ->
                        Long.compare(one.getKey().offset(), other.getKey().offset()))
                .map(entry -> entry.getValue().outcome())
                .toList();
    }
}
