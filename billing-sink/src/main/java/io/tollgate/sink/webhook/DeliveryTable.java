package io.tollgate.sink.webhook;

import io.tollgate.sink.text.TextArray;
import io.tollgate.sink.text.Words;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code alert_deliveries} as a list of what is to be sent. Taking a row counts its attempt and puts it off by the
 * lease, in one short transaction: no other sink takes it meanwhile, and if this one dies it is due again. All times are the
 * database's.
 */
final class DeliveryTable {
    /** As many as each receiver has room for, so that the many of one don't hide the few of another. */
    private static final String TAKE = "WITH taken AS MATERIALIZED ("
            + "SELECT due.id FROM unnest(?::text[], ?::integer[]) AS receiver (name, room) CROSS JOIN LATERAL ("
            + "SELECT id FROM alert_deliveries WHERE state = 'pending' AND webhook = receiver.name"
            + " AND next_attempt_at <= now() AND give_up_at > now()"
            + " ORDER BY next_attempt_at LIMIT receiver.room FOR UPDATE SKIP LOCKED) AS due LIMIT ?)"
            + " UPDATE alert_deliveries d SET attempts = d.attempts + 1, updated_at = now(),"
            + " next_attempt_at = now() + ? * interval '1 millisecond'"
            + " FROM taken, cost_alerts a WHERE d.id = taken.id AND a.id = d.alert_id"
            + " RETURNING d.id, d.attempts, d.webhook,"
            + " (extract(epoch FROM d.give_up_at - now()) * 1000)::bigint, " + StoredAlert.COLUMNS;

    private static final String SETTLE = "UPDATE alert_deliveries SET state = ?, last_status = ?, last_error = ?,"
            + " next_attempt_at = now() + ? * interval '1 millisecond', updated_at = now(),"
            + " delivered_at = CASE WHEN ? THEN now() END"
            // What was asked for again meanwhile is another's; that it was received is true all the same.
            + " WHERE id = ? AND state = 'pending' AND (attempts = ? OR ?)";
    private static final String RECORD =
            "INSERT INTO alert_delivery_attempts (delivery_id, begun_at, duration_ms, status, error)"
                    + " SELECT id, ?, ?, ?, ? FROM alert_deliveries WHERE id = ? ON CONFLICT DO NOTHING";
    /** Names that are not there get a while: a webhook may have been made a moment ago. */
    private static final String REFUSE = "UPDATE alert_deliveries SET state = 'refused', last_error ="
            + " 'there is no webhook of this name', updated_at = now()"
            + " WHERE state = 'pending' AND next_attempt_at <= now() AND created_at < now() - interval '5 seconds'"
            + " AND webhook <> ALL (?::text[])";

    private static final String GIVE_UP = "UPDATE alert_deliveries SET state = 'failed', updated_at = now(),"
            + " last_error = coalesce(last_error, 'not attempted within three days')"
            + " WHERE state = 'pending' AND next_attempt_at <= now() AND give_up_at <= now()";
    private static final String RELEASE =
            "UPDATE alert_deliveries SET attempts = attempts - 1, next_attempt_at = now(), updated_at = now()"
                    + " WHERE state = 'pending' AND attempts > 0 AND id = ANY (?::text[])";

    private final DataSource database;
    private final Duration lease;

    DeliveryTable(DataSource database, Duration lease) {
        this.database = database;
        this.lease = lease;
    }

    @FunctionalInterface
    private interface Work<R> {
        R run(Connection connection) throws SQLException;
    }

    /**
     * Takes due deliveries for one attempt each.
     *
     * @param room by name of a webhook: how many of its
     */
    List<Due> take(Map<String, Integer> room, int most) throws SQLException {
        return transaction(connection -> {
            try (PreparedStatement take = connection.prepareStatement(TAKE)) {
                List<String> names = new ArrayList<>(room.keySet());
                // Whoever is first may take it all: another each time.
                Collections.shuffle(names);
                take.setString(1, TextArray.of(names));
                take.setString(
                        2,
                        TextArray.of(
                                names.stream().map(name -> "" + room.get(name)).toList()));
                take.setInt(3, most);
                take.setLong(4, lease.toMillis());
                List<Due> taken = new ArrayList<>();
                try (ResultSet rows = take.executeQuery()) {
                    while (rows.next()) {
                        taken.add(new Due(
                                rows.getString(1),
                                rows.getInt(2),
                                rows.getString(3),
                                Duration.ofMillis(rows.getLong(4)),
                                StoredAlert.read(rows, 5)));
                    }
                }
                return taken;
            }
        });
    }

    /** Writes what became of attempts. */
    void settle(Collection<Ended> attempts) throws SQLException {
        transaction(connection -> {
            try (PreparedStatement settle = connection.prepareStatement(SETTLE);
                    PreparedStatement record = connection.prepareStatement(RECORD)) {
                for (Ended attempt : attempts) {
                    bind(settle, attempt);
                    settle.addBatch();
                    bindRecord(record, attempt);
                    record.addBatch();
                }
                settle.executeBatch();
                record.executeBatch();
                return attempts;
            }
        });
    }

    private static void bind(PreparedStatement settle, Ended attempt) throws SQLException {
        Verdict verdict = attempt.verdict();
        boolean delivered = verdict.state() == Verdict.State.DELIVERED;
        settle.setString(1, Words.of(verdict.state()));
        settle.setObject(2, verdict.status(), Types.INTEGER);
        settle.setString(3, verdict.error());
        settle.setLong(4, verdict.pause().toMillis());
        settle.setBoolean(5, delivered);
        settle.setString(6, attempt.due().id());
        settle.setInt(7, attempt.due().attempt());
        settle.setBoolean(8, delivered);
    }

    private static void bindRecord(PreparedStatement record, Ended attempt) throws SQLException {
        record.setTimestamp(1, Timestamp.from(attempt.begun()));
        record.setLong(2, attempt.took().toMillis());
        record.setObject(3, attempt.verdict().status(), Types.INTEGER);
        record.setString(4, attempt.verdict().error());
        record.setString(5, attempt.due().id());
    }

    /** Refuses what is for webhooks that are not there. */
    int refuseOthers(Collection<String> webhooks) throws SQLException {
        return update(REFUSE, TextArray.of(webhooks));
    }

    /** Ends what could not be attempted in its time. */
    int giveUp() throws SQLException {
        return update(GIVE_UP, null);
    }

    /** Gives back what was taken and not attempted to its end. */
    void release(Collection<String> ids) throws SQLException {
        if (!ids.isEmpty()) {
            update(RELEASE, TextArray.of(ids));
        }
    }

    private int update(String statement, @Nullable String parameter) throws SQLException {
        return transaction(connection -> {
            try (PreparedStatement update = connection.prepareStatement(statement)) {
                if (parameter != null) {
                    update.setString(1, parameter);
                }
                return update.executeUpdate();
            }
        });
    }

    /** The pool rolls back what was not committed. */
    private <R> R transaction(Work<R> work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            R result = work.run(connection);
            connection.commit();
            return result;
        }
    }
}
