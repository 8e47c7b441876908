package io.tollgate.sink.accepted;

import io.tollgate.schemas.serde.SchemaIds;
import io.tollgate.sink.batch.Reading;
import io.tollgate.sink.batch.Received;
import io.tollgate.sink.batch.StorableText;
import io.tollgate.sink.batch.TextColumns;
import io.tollgate.sink.batch.TopicWriter;
import io.tollgate.sink.key.KeyUses;
import io.tollgate.sink.text.ByteText;
import io.tollgate.sink.text.Calendar;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * Adds up the submissions of each company by the day and by the minute in which the broker got them. A record that names no
 * company is counted under the empty one: it was accepted all the same. What came by a key is a use of that key.
 */
public final class AcceptedWriter implements TopicWriter<Sender> {
    private static final String ADD_TO_DAYS = adding("accepted_submissions", "booked_on", "date");
    private static final String ADD_TO_MINUTES = adding("accepted_minutes", "minute", "timestamptz");
    private static final long MICROS_PER_MINUTE = 60_000_000;
    private static final String NO_COMPANY = "";

    /** @param time epoch day, or epoch µs of a minute */
    private record Count(long time, String company, int partition) {}

    private static final Comparator<Count> IN_KEY_ORDER =
            Comparator.comparingLong(Count::time).thenComparing(Count::company).thenComparingInt(Count::partition);

    private final SenderReader reader;

    public AcceptedWriter(SchemaIds ids) {
        reader = new SenderReader(ids);
    }

    private static String adding(String table, String time, String type) {
        String columns = "(" + time + ", company, events_partition, submissions)";
        return "INSERT INTO " + table + " AS kept " + columns + " SELECT " + time + "::" + type
                + ", company, events_partition::integer, submissions::bigint FROM " + TextColumns.unnest(4)
                + " AS rows "
                + columns + " ORDER BY 1, 2, 3 ON CONFLICT (" + time + ", company, events_partition)"
                + " DO UPDATE SET submissions = kept.submissions + excluded.submissions";
    }

    @Override
    public Reading<Sender> read(Received<byte[]> received) {
        return new Reading.Read<>(reader.sender(received.value()));
    }

    @Override
    public void write(Connection connection, List<Received<Sender>> batch) throws SQLException {
        SortedMap<Count, Long> days = new TreeMap<>(IN_KEY_ORDER);
        SortedMap<Count, Long> minutes = new TreeMap<>(IN_KEY_ORDER);
        KeyUses uses = new KeyUses();
        for (Received<Sender> row : batch) {
            String company = row.value().company();
            String storable = company == null ? NO_COMPANY : StorableText.of(company);
            int partition = row.origin().partition();
            long at = row.appendedAt();
            days.merge(new Count(Calendar.dayOf(at), storable, partition), 1L, Long::sum);
            minutes.merge(new Count(at - Math.floorMod(at, MICROS_PER_MINUTE), storable, partition), 1L, Long::sum);
            String authId = row.value().authId();
            if (authId != null) {
                uses.add(authId, row);
            }
        }
        ByteText scratch = new ByteText(32);
        add(connection, ADD_TO_DAYS, days, day -> Calendar.dateText(day, scratch));
        add(connection, ADD_TO_MINUTES, minutes, minute -> Calendar.timestampText(minute, scratch));
        uses.write(connection);
    }

    private static void add(
            Connection connection, String statement, SortedMap<Count, Long> counts, LongFunction<String> time)
            throws SQLException {
        TextColumns columns = new TextColumns();
        counts.forEach((count, submissions) -> columns.add(
                time.apply(count.time()),
                count.company(),
                Integer.toString(count.partition()),
                Long.toString(submissions)));
        columns.execute(connection, statement);
    }
}
