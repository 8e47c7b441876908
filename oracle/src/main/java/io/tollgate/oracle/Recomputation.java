package io.tollgate.oracle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The books made a second time. The events are gone through in several passes, each over those whose identity ends
 * alike, so that what is in the heap at a time does not grow with the topic; only the totals do, by a row for each
 * window and group.
 */
final class Recomputation {
    static final int RECORDS_IN_A_PASS = 150_000;

    private static final int MOST_PASSES = 256;

    /** Of a partition that is quiet the topology takes its own clock, ten minutes late. µs. */
    private static final long QUIET = 600_000_000;

    private final KafkaLog log;
    private final Registry registry;
    private final Books books;
    private final SentLog sent;

    private final Tally topics = new Tally("topics");
    private final Tally understood = new Tally("understood");
    private final Tally fingerprints = new Tally("fingerprints");
    private final Tally places = new Tally("acknowledged_has_a_place");
    private final Tally ledger = new Tally("cost_calculations");
    private final Tally outcomes = new Tally("event_outcomes");
    private final Tally accepted = new Tally("accepted_submissions");
    private final Tally days = new Tally("usage_stats");
    private final Tally quarterHours = new Tally("usage_stats_intraday");
    private final Tally quotaStates = new Tally("quota_states");
    private final Tally quotaResets = new Tally("quota_resets");
    private final Tally alertsTold = new Tally("cost_alerts");

    private Map<Integer, PriceHistory> prices = Map.of();
    private final Quotas quotas = new Quotas();
    private final Alerts alerts = new Alerts();
    private final Totals byDay = new Totals(Totals.DAY);
    private final Totals byQuarterHour = new Totals(Totals.QUARTER_HOUR);

    private final DeadLetters deadLetters = new DeadLetters();
    private final SentCheck sentCheck = new SentCheck(deadLetters);
    private final Map<Accepted, Long> acceptedCounts = new HashMap<>();
    private final Map<Integer, Long> newest = new HashMap<>();
    private long now;

    private record Accepted(String day, int partition) {}

    Recomputation(KafkaLog log, Registry registry, Books books, SentLog sent) {
        this.log = log;
        this.registry = registry;
        this.books = books;
        this.sent = sent;
    }

    List<Check> run(int recordsInAPass) throws SQLException, InterruptedException {
        books.read("SELECT (extract(epoch FROM now()) * 1000000)::bigint", row -> now = row.getLong(1));
        List<TopicPartition> events = log.partitions(Topics.EVENTS);
        log.beginnings(events)
                .forEach((partition, first) ->
                        topics.demand(first == 0, partition + " begins at " + first + ": what was before it is gone"));
        deadLetters.read(books, log.ends(log.partitions(Topics.INBOX)));
        Configuration configuration = new Configuration(log, registry, deadLetters, topics);
        prices = configuration.prices(events.size());
        configuration.read(Topics.QUOTAS, quotas::put);
        configuration.read(Topics.ALERT_RULES, alerts::put);
        long records =
                log.ends(events).values().stream().mapToLong(Long::longValue).sum();
        int passes = (int) Math.min(MOST_PASSES, records / recordsInAPass + 1);
        for (int pass = 0; pass < passes; pass++) {
            pass(pass, passes);
        }
        checkAccepted();
        checkTotals();
        quotas.checkStates(books, now, quotaStates, understood);
        quotas.checkResets(books, now, quotaResets, understood);
        alerts.check(books, idsOfAlerts(), quotas, now, alertsTold, understood);
        return Stream.of(
                        Stream.of(topics, understood).map(Tally::toCheck),
                        sentCheck.checks(),
                        Stream.of(places, fingerprints, ledger, outcomes).map(Tally::toCheck),
                        Stream.of(deadLetters.check()),
                        Stream.of(accepted, days, quarterHours, quotaStates, quotaResets, alertsTold)
                                .map(Tally::toCheck))
                .flatMap(part -> part)
                .toList();
    }

    private void pass(int pass, int passes) throws SQLException {
        Map<EventId, List<Submission>> submissions = readEvents(pass, passes);
        Map<EventId, List<LedgerRow>> rows = new HashMap<>();
        books.read("cost_calculations", Books.ledgerColumns(), pass, passes, row -> rows.computeIfAbsent(
                        Books.event(row), id -> new ArrayList<>(1))
                .add(books.ledgerRow(row)));
        Map<EventId, List<OutcomeRow>> results = new HashMap<>();
        books.read("event_outcomes", Books.OUTCOME_COLUMNS, pass, passes, row -> results.computeIfAbsent(
                        Books.event(row), id -> new ArrayList<>(1))
                .add(books.outcomeRow(row)));
        submissions.forEach((event, said) ->
                checkEvent(said, rows.getOrDefault(event, List.of()), results.getOrDefault(event, List.of())));
        Stream.of(rows.keySet(), results.keySet())
                .flatMap(Set::stream)
                .distinct()
                .forEach(event -> {
                    if (!submissions.containsKey(event)) {
                        rows.getOrDefault(event, List.of())
                                .forEach(row -> ledger.same(event + " " + row.sequence(), null, name(row)));
                        results.getOrDefault(event, List.of())
                                .forEach(result -> outcomes.same(event, null, result.toString()));
                    }
                });
        sentCheck.compare(submissions, sent.of(pass, passes));
    }

    private Map<EventId, List<Submission>> readEvents(int pass, int passes) {
        Map<EventId, List<Submission>> submissions = new HashMap<>();
        log.read(Topics.EVENTS, record -> {
            newest.merge(record.partition(), record.timestamp() * 1_000, Math::max);
            byte[] key = record.key();
            boolean isNamed = key != null && key.length == EventId.LENGTH;
            boolean isOurs = isNamed ? EventId.of(key).pass(passes) == pass : pass == 0;
            if (!isOurs) {
                return;
            }
            Position at = new Position(record.partition(), record.offset());
            acceptedCounts.merge(
                    new Accepted(LedgerRow.day(record.timestamp() * 1_000), record.partition()), 1L, Long::sum);
            GenericRecord value = isNamed ? registry.read(record.value()) : null;
            if (value == null) {
                deadLetters.expect(at, "unreadable");
                return;
            }
            Submission submission = submissionOf(at, record.timestamp() * 1_000, value);
            if (submission == null) {
                return;
            }
            EventId event = EventId.of(submission.company(), submission.source(), submission.id());
            topics.demand(event.equals(EventId.of(key)), submission.name() + " lies under another event's key");
            submissions
                    .computeIfAbsent(EventId.of(key), id -> new ArrayList<>(2))
                    .add(submission);
        });
        return submissions;
    }

    /** Null where it is none, which is said. */
    private @Nullable Submission submissionOf(Position at, long appendedAt, GenericRecord value) {
        try {
            return Submission.of(at, appendedAt, value);
        } catch (NotUnderstoodException e) {
            understood.demand(false, at + ": " + e.getMessage());
        } catch (AvroRuntimeException | ClassCastException | NullPointerException e) {
            deadLetters.expect(at, "unreadable");
        }
        return null;
    }

    private void checkEvent(List<Submission> submissions, List<LedgerRow> rows, List<OutcomeRow> results) {
        Submission first = submissions.get(0);
        topics.demand(
                submissions.stream()
                        .allMatch(one -> one.at().partition() == first.at().partition()),
                first.name() + ": submissions about one event lie in several partitions");
        Map<Integer, LedgerRow> bySequence = new TreeMap<>();
        for (LedgerRow row : rows) {
            if (bySequence.putIfAbsent(row.sequence(), row) != null) {
                ledger.same(first.name() + ", row " + row.sequence(), null, "a second one: " + name(row));
            }
        }
        checkFingerprints(submissions);
        EventReplay replay =
                new EventReplay(Objects.requireNonNull(prices.get(first.at().partition())), bySequence);
        try {
            submissions.forEach(replay::add);
            replay.end(Math.max(newest.getOrDefault(first.at().partition(), 0L), now - QUIET));
            understood.compared();
        } catch (NotUnderstoodException e) {
            understood.demand(false, first.name() + ": " + e.getMessage());
            return;
        }
        for (EventReplay.Booked booked : replay.rows()) {
            compareRow(booked, bySequence.remove(booked.row().sequence()));
            byDay.add(booked);
            byQuarterHour.add(booked);
            quotas.add(booked);
            alerts.add(booked);
        }
        bySequence.forEach((sequence, row) -> ledger.same(first.name() + ", row " + sequence, null, name(row)));
        compareOutcomes(first, replay.outcomes(), results);
        replay.dead().forEach(deadLetters::expect);
        checkPlaces(submissions, rows, results);
    }

    private void compareRow(EventReplay.Booked booked, @Nullable LedgerRow found) {
        ledger.compared();
        String which = booked.cause().name() + ", row " + booked.row().sequence() + ": ";
        if (found == null) {
            ledger.differs(which + "missing, expected " + name(booked.row()));
        } else {
            List<String> differences = booked.row().differences(found);
            if (!differences.isEmpty()) {
                ledger.differs(which + String.join("; ", differences));
            }
        }
    }

    private static String name(LedgerRow row) {
        return row.get("kind") + " of " + row.get("company") + " " + row.get("source") + " " + row.get("event_id")
                + ", cost " + row.get("cost");
    }

    private void compareOutcomes(Submission first, Map<Position, OutcomeRow> expected, List<OutcomeRow> found) {
        Map<Position, OutcomeRow> missing = new HashMap<>(expected);
        for (OutcomeRow row : found) {
            OutcomeRow wanted = missing.remove(row.at());
            outcomes.same(first.name(), wanted == null ? null : wanted.toString(), row.toString());
        }
        missing.values().forEach(wanted -> outcomes.same(first.name(), wanted.toString(), null));
    }

    /** The gateway's word for what was said is checked against what was said, as far as the record tells it. */
    private void checkFingerprints(List<Submission> submissions) {
        Submission first = null;
        for (Submission one : submissions) {
            Usage said = one.usage();
            if (!one.is("usage") || said == null) {
                continue;
            }
            if (first == null) {
                first = one;
                continue;
            }
            Usage before = Objects.requireNonNull(first.usage());
            boolean same = one.fingerprint() == first.fingerprint();
            fingerprints.demand(
                    same
                            ? said.saidForSure().equals(before.saidForSure())
                            : !said.saidAtMost().equals(before.saidAtMost()),
                    one.name() + " and " + first.name() + ": by their fingerprints they are "
                            + (same ? "the same" : "different"));
        }
    }

    /** Each submission that is in the events is in the ledger, the outcomes (the pending among them) or the dead letters. */
    private void checkPlaces(List<Submission> submissions, List<LedgerRow> rows, List<OutcomeRow> results) {
        Set<Position> settled = new HashSet<>();
        rows.forEach(row -> settled.add(row.cause()));
        results.forEach(row -> settled.add(row.at()));
        for (Submission one : submissions) {
            places.demand(settled.contains(one.at()) || deadLetters.holds(one.at()), one.name() + " is nowhere");
        }
    }

    private void checkAccepted() throws SQLException {
        String sql = "SELECT booked_on, events_partition, sum(submissions) AS submissions FROM accepted_submissions"
                + " GROUP BY 1, 2";
        books.read(sql, row -> {
            Accepted cell = new Accepted(row.getString("booked_on"), row.getInt("events_partition"));
            Long expected = acceptedCounts.remove(cell);
            accepted.same(cell, Objects.toString(expected, null), row.getString("submissions"));
        });
        acceptedCounts.forEach((cell, count) -> accepted.same(cell, count.toString(), null));
    }

    private void checkTotals() throws SQLException {
        String columns =
                "company, user_id, auth_id, provider, model, service_tier, labels, currency, requests, successes,"
                        + " errors, unpriced, dimensions, tokens, cost, list_cost, latency_histogram FROM ";
        String day = "(extract(epoch FROM date) * 1000000)::bigint AS window_start";
        books.read("SELECT " + day + ", " + columns + "usage_stats", row -> compareTotals(row, byDay, days));
        byDay.reportMissing(days);
        books.read(
                "SELECT " + Books.micros("window_start") + ", " + columns + "usage_stats_intraday",
                row -> compareTotals(row, byQuarterHour, quarterHours));
        byQuarterHour.reportMissing(quarterHours);
    }

    private static void compareTotals(ResultSet row, Totals totals, Tally tally) throws SQLException {
        Totals.Key key = new Totals.Key(
                row.getLong("window_start"),
                row.getString("company"),
                row.getString("user_id"),
                row.getString("auth_id"),
                row.getString("provider"),
                row.getString("model"),
                row.getString("service_tier"),
                Books.labels(row.getString("labels")),
                row.getString("currency"));
        Map<String, String> dimensions = Books.numbers(row.getString("dimensions"));
        String found = Totals.Sum.text(
                row.getLong("requests"),
                row.getLong("successes"),
                row.getLong("errors"),
                row.getLong("unpriced"),
                row.getBigDecimal("tokens"),
                row.getBigDecimal("cost"),
                row.getBigDecimal("list_cost"),
                dimensions,
                Books.array(row, "latency_histogram"));
        totals.compare(key, dimensions.keySet(), found, tally);
    }

    private List<String> idsOfAlerts() {
        List<String> ids = new ArrayList<>();
        log.read(
                Topics.ALERTS,
                (ConsumerRecord<byte[], byte[]> record) ->
                        ids.add(Fields.text(registry.readOwn(Topics.ALERTS, record.value()), "id")));
        return ids;
    }
}
