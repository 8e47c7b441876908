package io.tollgate.sink.outcome;

import io.tollgate.avro.Outcome;
import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.sink.batch.EventName;
import io.tollgate.sink.batch.Reading;
import io.tollgate.sink.batch.Received;
import io.tollgate.sink.batch.TextColumns;
import io.tollgate.sink.batch.TopicWriter;
import io.tollgate.sink.partition.DailyPartitions;
import io.tollgate.sink.text.ByteText;
import io.tollgate.sink.text.Calendar;
import io.tollgate.sink.text.Words;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;

/** Writes outcomes; the final one takes the place of {@code pending}, and nothing takes the place of a final one. */
public final class OutcomeWriter implements TopicWriter<Outcome> {
    private static final String COLUMNS = "booked_on, events_partition, events_offset, booked_at, event_hash, company,"
            + " source, event_id, submission, outcome, revision, code, detail, correction_source, correction_id, reason,"
            + " auth_id";
    private static final int COUNT = 17;
    private static final String UPSERT = "INSERT INTO event_outcomes AS kept (" + COLUMNS + ")"
            + " SELECT booked_on::date, events_partition::integer, events_offset::bigint, booked_at::timestamptz,"
            + " event_hash::uuid, company, source, event_id, submission, outcome, revision::integer, code, detail,"
            + " correction_source, correction_id, reason, auth_id"
            + " FROM " + TextColumns.unnest(COUNT) + " AS rows (" + COLUMNS + ") ORDER BY 1, 2, 3"
            + " ON CONFLICT (booked_on, events_partition, events_offset) DO UPDATE SET (outcome, revision, code, detail,"
            + " correction_source, correction_id, reason, auth_id) = (excluded.outcome, excluded.revision, excluded.code,"
            + " excluded.detail, excluded.correction_source, excluded.correction_id, excluded.reason, excluded.auth_id)"
            + " WHERE kept.outcome = 'pending'";

    private final AvroCodec<Outcome> codec;
    private final DailyPartitions partitions;

    public OutcomeWriter(AvroCodec<Outcome> codec, DailyPartitions partitions) {
        this.codec = codec;
        this.partitions = partitions;
    }

    @Override
    public Reading<Outcome> read(Received<byte[]> received) {
        return Reading.of(codec, received.value());
    }

    @Override
    public void prepare(List<Received<Outcome>> batch) throws SQLException {
        for (Received<Outcome> row : batch) {
            partitions.ensure(Calendar.dayOf(row.value().getBookedAt()));
        }
    }

    @Override
    public void write(Connection connection, List<Received<Outcome>> batch) throws SQLException {
        FinalOutcomes outcomes = new FinalOutcomes();
        batch.forEach(outcomes::add);
        TextColumns columns = new TextColumns();
        ByteText scratch = new ByteText(64);
        outcomes.rows().forEach(row -> add(row, columns, scratch));
        columns.execute(connection, UPSERT);
    }

    private static void add(Received<Outcome> received, TextColumns columns, ByteText scratch) {
        Outcome row = received.value();
        columns.add(
                Calendar.dateText(Calendar.dayOf(row.getBookedAt()), scratch),
                Integer.toString(row.getEventsPartition()),
                Long.toString(row.getEventsOffset()),
                Calendar.timestampText(row.getBookedAt(), scratch),
                HexFormat.of().formatHex(EventHash.of(row.getCompany(), row.getSource(), row.getId())),
                row.getCompany(),
                row.getSource(),
                row.getId(),
                Words.of(row.getSubmission()),
                Words.of(row.getOutcome()),
                Integer.toString(row.getRevision()),
                row.getCode(),
                row.getDetail(),
                row.getCorrectionSource(),
                row.getCorrectionId(),
                row.getReason(),
                row.getAuthId());
    }

    @Override
    public long bookedAt(Received<Outcome> row) {
        return row.value().getBookedAt();
    }

    @Override
    public EventName name(Outcome outcome) {
        return new EventName(outcome.getCompany(), outcome.getSource(), outcome.getId());
    }
}
