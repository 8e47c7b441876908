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
import java.util.TreeMap;

/**
 * Adds up the submissions of each company by the day on which the broker got them. A record that names no company is
 * counted under the empty one: it was accepted all the same. What came by a key is a use of that key.
 */
public final class AcceptedWriter implements TopicWriter<Sender> {
    private static final String ADD = "INSERT INTO accepted_submissions AS kept"
            + " (booked_on, company, events_partition, submissions)"
            + " SELECT booked_on::date, company, events_partition::integer, submissions::bigint FROM "
            + TextColumns.unnest(4) + " AS rows (booked_on, company, events_partition, submissions) ORDER BY 1, 2, 3"
            + " ON CONFLICT (booked_on, company, events_partition)"
            + " DO UPDATE SET submissions = kept.submissions + excluded.submissions";
    private static final String NO_COMPANY = "";

    private record Count(long day, String company, int partition) {}

    private static final Comparator<Count> IN_KEY_ORDER =
            Comparator.comparingLong(Count::day).thenComparing(Count::company).thenComparingInt(Count::partition);

    private final SenderReader reader;

    public AcceptedWriter(SchemaIds ids) {
        reader = new SenderReader(ids);
    }

    @Override
    public Reading<Sender> read(Received<byte[]> received) {
        return new Reading.Read<>(reader.sender(received.value()));
    }

    @Override
    public void write(Connection connection, List<Received<Sender>> batch) throws SQLException {
        TreeMap<Count, Long> counts = new TreeMap<>(IN_KEY_ORDER);
        KeyUses uses = new KeyUses();
        for (Received<Sender> row : batch) {
            long day = Calendar.dayOf(row.appendedAt());
            String company = row.value().company();
            String storable = company == null ? NO_COMPANY : StorableText.of(company);
            counts.merge(new Count(day, storable, row.origin().partition()), 1L, Long::sum);
            String authId = row.value().authId();
            if (authId != null) {
                uses.add(authId, row);
            }
        }
        TextColumns columns = new TextColumns();
        ByteText scratch = new ByteText(32);
        counts.forEach((count, submissions) -> columns.add(
                Calendar.dateText(count.day(), scratch),
                count.company(),
                Integer.toString(count.partition()),
                Long.toString(submissions)));
        columns.execute(connection, ADD);
        uses.write(connection);
    }
}
