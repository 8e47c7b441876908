package io.tollgate.usageapi.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.usageapi.balance.Backlog.End;
import io.tollgate.usageapi.balance.Books.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InFlightTest {
    private final Map<Integer, Tally> tallies = new HashMap<>();
    private final Map<TopicPartition, Long> progress = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private final Map<TopicPartition, End> ends = new HashMap<>();
    private @Nullable Duration sinceLedgerMoved = Duration.ofMinutes(1);

    @Test
    void whatTheTopologyHasNotCommittedIsOnItsWay() {
        tallies.put(0, new Tally(10, 7));
        progress.put(at(Topics.USAGE_EVENTS), 10L);
        committed.put(at(Topics.USAGE_EVENTS), 6L);
        assertThat(submissions()).isEqualTo(3);
    }

    @Test
    void whatIsMissingBeyondTheBacklogIsNotOnItsWay() {
        tallies.put(0, new Tally(10, 7));
        progress.put(at(Topics.USAGE_EVENTS), 10L);
        committed.put(at(Topics.USAGE_EVENTS), 9L);
        assertThat(submissions()).isEqualTo(1);
    }

    @Test
    void anOutcomeThatTheSinkHasNotWrittenIsOnItsWay() {
        for (Topic topic : List.of(Topics.USAGE_RATED, Topics.USAGE_OUTCOMES, Topics.USAGE_DEAD)) {
            settle(10);
            tallies.put(0, new Tally(10, 8));
            ends.put(at(topic), new End(9, 9));
            progress.put(at(topic), 8L);
            assertThat(submissions()).as(topic.name()).isEqualTo(1);
        }
    }

    /** A transaction's outputs become visible a moment after its offsets do. */
    @Test
    void anOutcomeThatIsCommittedButNotYetVisibleIsOnItsWay() {
        settle(10);
        tallies.put(0, new Tally(10, 9));
        ends.put(at(Topics.USAGE_RATED), new End(9, 11));
        progress.put(at(Topics.USAGE_RATED), 9L);
        assertThat(submissions()).isEqualTo(1);
    }

    @Test
    void aLostSubmissionIsNotExcusedByTheBacklogOfAnotherPartition() {
        settle(10);
        tallies.put(0, new Tally(10, 9));
        progress.put(new TopicPartition(Topics.USAGE_EVENTS.name(), 1), 1_000L);
        assertThat(submissions()).isZero();
    }

    @Test
    void aSurplusIsNeverOnItsWay() {
        tallies.put(0, new Tally(10, 11));
        progress.put(at(Topics.USAGE_EVENTS), 10L);
        assertThat(submissions()).isZero();
    }

    @Test
    void moneyIsSettledWhenNothingWaitsAndTheLedgerIsStill() {
        settle(10);
        assertThat(inFlight().moneyIsSettled()).isTrue();
        sinceLedgerMoved = Duration.ofSeconds(1);
        assertThat(inFlight().moneyIsSettled()).isFalse();
        sinceLedgerMoved = null;
        ends.put(at(Topics.USAGE_PARTIALS), new End(5, 5));
        assertThat(inFlight().moneyIsSettled()).isFalse();
    }

    @Test
    void whatOnePartitionHasTooMuchDoesNotMakeUpForWhatAnotherLacks() {
        settle(10);
        tallies.put(0, new Tally(10, 9));
        tallies.put(1, new Tally(10, 11));
        BalanceBody body = body(inFlight().submissions());
        assertThat(body.lost()).isEqualTo(1);
        assertThat(body.surplus()).isEqualTo(1);
        assertThat(body.drift()).isEqualTo(2);
    }

    @Test
    void withoutKafkaADriftIsUnknownOnlyWhereSomethingIsMissing() {
        tallies.put(0, new Tally(10, 9));
        assertThat(body(null).drift()).isNull();
        tallies.put(0, new Tally(10, 10));
        assertThat(body(null).drift()).isZero();
        tallies.put(0, new Tally(10, 12));
        assertThat(body(null).drift()).isEqualTo(2);
    }

    private BalanceBody body(@Nullable Long inFlight) {
        LocalDate day = LocalDate.parse("2026-11-21");
        return BalanceBody.of(new BalanceQuestion(day, day.plusDays(1), null), books(), inFlight, null, null);
    }

    /** Everything up to the offset is processed and written. */
    private void settle(long offset) {
        progress.put(at(Topics.USAGE_EVENTS), offset);
        committed.put(at(Topics.USAGE_EVENTS), offset);
        ends.clear();
        ends.put(at(Topics.USAGE_EVENTS), new End(offset, offset));
    }

    private long submissions() {
        return inFlight().submissions();
    }

    private InFlight inFlight() {
        return new InFlight(
                books(), new Backlog(committed, ends, Map.of()), (partition, from, to) -> Math.max(0, to - from));
    }

    private Books books() {
        return new Books(
                tallies,
                new TreeMap<>(),
                0,
                List.of(new Money("USD", Decimal.ONE, Decimal.ZERO, Decimal.ONE, Decimal.ONE)),
                progress,
                sinceLedgerMoved,
                Instant.EPOCH);
    }

    private static TopicPartition at(Topic topic) {
        return new TopicPartition(topic.name(), 0);
    }
}
