package io.tollgate.sink.accepted;

import io.tollgate.schemas.serde.SchemaIds;
import io.tollgate.schemas.submission.CompanyReader;
import io.tollgate.sink.batch.Reading;
import io.tollgate.sink.batch.Received;
import io.tollgate.sink.batch.StorableText;
import io.tollgate.sink.batch.TextColumns;
import io.tollgate.sink.batch.TopicWriter;
import io.tollgate.sink.text.ByteText;
import io.tollgate.sink.text.Calendar;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Adds up the submissions of each company by the day on which the broker got them. A record that names no company is
 * counted under the empty one: it was accepted all the same.
 */
public final class AcceptedWriter implements TopicWriter<String> {
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

    private final CompanyReader reader;

    public AcceptedWriter(SchemaIds ids) {
        reader = new CompanyReader(ids);
    }

    @Override
    public Reading<String> read(Received<byte[]> received) {
        String company = reader.company(received.value());
        return new Reading.Read<>(company == null ? NO_COMPANY : StorableText.of(company));
    }

    @Override
    public void write(Connection connection, List<Received<String>> batch) throws SQLException {
        TreeMap<Count, Long> counts = new TreeMap<>(IN_KEY_ORDER);
        for (Received<String> row : batch) {
            long day = Calendar.dayOf(row.appendedAt());
            counts.merge(new Count(day, row.value(), row.origin().partition()), 1L, Long::sum);
        }
        TextColumns columns = new TextColumns();
        ByteText scratch = new ByteText(32);
        counts.forEach((count, submissions) -> columns.add(
                Calendar.dateText(count.day(), scratch),
                count.company(),
                Integer.toString(count.partition()),
                Long.toString(submissions)));
        columns.execute(connection, ADD);
    }
}
