package io.tollgate.oracle;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** The table of dead letters: each that is there must be expected, and each that is expected there, for that reason. */
final class DeadLetters {
    private final Tally tally = new Tally("dead_letters");
    /** Codes by what they are about. */
    private final Map<Origin, String> found = new HashMap<>();

    private final Set<Origin> expected = new HashSet<>();
    /** Submissions that never got from the inbox into the events, by whom they speak of. */
    private final Map<EventId, Integer> inTheInbox = new HashMap<>();

    private record Origin(String topic, Position at) {}

    /** @param inboxEnds how far {@code usage.inbox} goes: what it holds may be refused, and what not can't be */
    void read(Books books, Map<TopicPartition, Long> inboxEnds) throws SQLException {
        String columns = "origin_topic, origin_partition, origin_offset, code, company, source, event_id";
        books.read("SELECT " + columns + " FROM dead_letters", row -> {
            Position at = new Position(row.getInt("origin_partition"), row.getLong("origin_offset"));
            Origin origin = new Origin(row.getString("origin_topic"), at);
            tally.demand(found.put(origin, row.getString("code")) == null, "two dead letters of " + origin);
            if (!origin.topic().equals(Topics.INBOX)) {
                return;
            }
            Long end = inboxEnds.get(new TopicPartition(Topics.INBOX, at.partition()));
            tally.demand(end != null && at.offset() < end, "a dead letter of the inbox, which never held " + at);
            expected.add(origin);
            String company = row.getString("company");
            String source = row.getString("source");
            String id = row.getString("event_id");
            if (company != null && source != null && id != null) {
                inTheInbox.merge(EventId.of(company, source, id), 1, Integer::sum);
            }
        });
    }

    /** Of a record of {@code usage.events}. */
    void expect(Position at, String code) {
        Origin origin = new Origin(Topics.EVENTS, at);
        tally.same("dead letter of " + origin, code, found.get(origin));
        expected.add(origin);
    }

    /** For a reason that the oracle does not tell apart. */
    void expect(String topic, Position at, RuntimeException why) {
        Origin origin = new Origin(topic, at);
        tally.demand(found.containsKey(origin), origin + " can't be read and is no dead letter: " + why);
        expected.add(origin);
    }

    boolean holds(Position at) {
        return found.containsKey(new Origin(Topics.EVENTS, at));
    }

    int inTheInboxOf(EventId event) {
        return inTheInbox.getOrDefault(event, 0);
    }

    Check check() {
        found.forEach((origin, code) -> {
            if (!expected.contains(origin)) {
                tally.same("dead letter of " + origin, null, code);
            }
        });
        return tally.toCheck();
    }
}
