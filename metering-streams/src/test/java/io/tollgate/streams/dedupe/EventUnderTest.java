package io.tollgate.streams.dedupe;

import io.tollgate.avro.DeadLetter;
import io.tollgate.avro.Entry;
import io.tollgate.avro.Outcome;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.Submission;
import io.tollgate.pricing.PriceBook;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.streams.Given;
import io.tollgate.streams.dead.Origin;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One event that submissions are sent at, each a minute after the other, and all that came of them. */
final class EventUnderTest {
    static final int PARTITION = 3;

    final PriceBook prices = new PriceBook();
    final List<RatedUsage> rows = new ArrayList<>();
    final List<Outcome> outcomes = new ArrayList<>();
    final List<DeadLetter> deadLetters = new ArrayList<>();
    Instant now = Given.NOW;

    @Nullable
    Entry entry;

    private long offset;

    EventUnderTest() {
        prices.put(Given.prices());
    }

    /** Sends a submission and gives what this one alone led to. */
    Decision send(Submission submission) {
        Decision decision = EntryDecision.decide(entry, arrival(submission), prices);
        record(decision);
        return decision;
    }

    void waitFor(Duration time) {
        now = now.plus(time);
    }

    Arrival arrival(Submission submission) {
        now = now.plusSeconds(60);
        ByteBuffer original = ByteBuffer.wrap(new byte[] {(byte) offset});
        return new Arrival(
                submission, new Origin(Topics.USAGE_EVENTS.name(), PARTITION, offset++, Given.micros(now), original));
    }

    void record(Decision decision) {
        entry = decision.entry();
        rows.addAll(decision.rows());
        outcomes.addAll(decision.outcomes());
        deadLetters.addAll(decision.deadLetters());
    }

    /** {@code USAGE_MISSING}, {@code DUPLICATE}, … of the last decision, with the offset each belongs to. */
    static List<String> told(Decision decision) {
        return decision.outcomes().stream()
                .map(outcome -> outcome.getOutcome() + "@" + outcome.getEventsOffset())
                .toList();
    }
}
