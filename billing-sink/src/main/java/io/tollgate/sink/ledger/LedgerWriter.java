package io.tollgate.sink.ledger;

import io.tollgate.avro.RatedUsage;
import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.sink.batch.EventName;
import io.tollgate.sink.batch.Reading;
import io.tollgate.sink.batch.Received;
import io.tollgate.sink.batch.TopicWriter;
import io.tollgate.sink.partition.DailyPartitions;
import io.tollgate.sink.text.ByteText;
import io.tollgate.sink.text.Calendar;
import io.tollgate.sink.text.CopyRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Appends rated usage to the ledger. Rows are sent while the next ones are being written, so the server works in
 * parallel. Nothing here would keep a row from being written twice: the transaction around it does.
 */
public final class LedgerWriter implements TopicWriter<RatedUsage> {
    private static final int CHUNK = 1 << 16;

    private final AvroCodec<RatedUsage> codec;
    private final DailyPartitions partitions;
    private final CopyRows rows = new CopyRows(2 * CHUNK);

    public LedgerWriter(AvroCodec<RatedUsage> codec, DailyPartitions partitions) {
        this.codec = codec;
        this.partitions = partitions;
    }

    @Override
    public Reading<RatedUsage> read(Received<byte[]> received) {
        return Reading.of(codec, received.value());
    }

    @Override
    public void prepare(List<Received<RatedUsage>> batch) throws SQLException {
        for (Received<RatedUsage> row : batch) {
            partitions.ensure(Calendar.dayOf(row.value().getBookedAt()));
        }
    }

    @Override
    public void write(Connection connection, List<Received<RatedUsage>> batch) throws SQLException {
        copy(connection, batch, false);
    }

    @Override
    public boolean writeReduced(Connection connection, Received<RatedUsage> row) throws SQLException {
        copy(connection, List.of(new Received<>(row.origin(), Reduction.of(row.value()))), true);
        return true;
    }

    @Override
    public long bookedAt(Received<RatedUsage> row) {
        return row.value().getBookedAt();
    }

    @Override
    public EventName name(RatedUsage rated) {
        return new EventName(rated.getCompany(), rated.getSource(), rated.getId());
    }

    private void copy(Connection connection, List<Received<RatedUsage>> batch, boolean reduced) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(LedgerRow.COPY);
        rows.restart();
        try {
            for (Received<RatedUsage> row : batch) {
                LedgerRow.write(eventHash(row), row.value(), reduced, rows);
                if (rows.bytes().length() >= CHUNK) {
                    send(copy);
                }
            }
            send(copy);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private void send(CopyIn copy) throws SQLException {
        ByteText bytes = rows.bytes();
        copy.writeToCopy(bytes.buffer(), 0, bytes.length());
        rows.restart();
    }

    /** The record's key; of a foreign record without one it is made anew. */
    private static byte[] eventHash(Received<RatedUsage> row) {
        byte[] key = row.origin().key();
        RatedUsage rated = row.value();
        return key != null && key.length == EventHash.LENGTH
                ? key
                : EventHash.of(rated.getCompany(), rated.getSource(), rated.getId());
    }
}
