package io.tollgate.bench.loop;

import io.tollgate.avro.Entry;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.Submission;
import io.tollgate.bench.load.Catalog;
import io.tollgate.bench.load.UsageEvent;
import io.tollgate.bench.load.UsageEvent.Quantity;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.streams.dead.Origin;
import io.tollgate.streams.dedupe.Arrival;
import io.tollgate.streams.dedupe.Decision;
import io.tollgate.streams.dedupe.EntryDecision;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** A call of three dimensions that nobody has heard of, and what the topology makes of it. */
final class NewUsage {
    private static final Instant TIME = Instant.parse("2026-03-15T12:00:00Z");

    private NewUsage() {}

    static Submission submission() {
        return new UsageEvent(
                        "company-7",
                        "key_bench_7",
                        "evt_9e3779b97f4a7c15",
                        TIME,
                        "user-7-3",
                        "openai",
                        "gpt-4o",
                        "chat",
                        "req_94d049bb133111eb",
                        List.of(
                                new Quantity("input", "86"),
                                new Quantity("cache_read", "1920"),
                                new Quantity("output", "300")),
                        200,
                        1_840,
                        "research")
                .submission();
    }

    static Arrival arrival() {
        long appendedAt = TIME.toEpochMilli() * 1_000 + 1_000_000;
        return new Arrival(submission(), new Origin(Topics.USAGE_EVENTS.name(), 3, 1_234_567, appendedAt, null));
    }

    static RatedUsage row() {
        return decision().rows().get(0);
    }

    static Entry entry() {
        return Objects.requireNonNull(decision().entry());
    }

    private static Decision decision() {
        return EntryDecision.decide(null, arrival(), Catalog.book());
    }
}
