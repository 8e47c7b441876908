package io.tollgate.sink.stats;

import io.tollgate.avro.Granularity;
import io.tollgate.avro.UsageStats;
import io.tollgate.schemas.RowId;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.sink.batch.EventName;
import io.tollgate.sink.batch.LatestRows;
import io.tollgate.sink.batch.Reading;
import io.tollgate.sink.batch.Reading.Nothing;
import io.tollgate.sink.batch.Reading.Read;
import io.tollgate.sink.batch.Reading.Unreadable;
import io.tollgate.sink.batch.Received;
import io.tollgate.sink.batch.TopicWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Writes absolute totals over older versions of themselves; an older version that comes late changes nothing. */
public final class StatsWriter implements TopicWriter<UsageStats> {
    private final AvroCodec<UsageStats> codec;

    public StatsWriter(AvroCodec<UsageStats> codec) {
        this.codec = codec;
    }

    /** A tombstone ends a row in the topic's own memory; what the row counted stays in the books. */
    @Override
    public Reading<UsageStats> read(Received<byte[]> received) {
        if (received.origin().value() == null) {
            return new Nothing<>();
        }
        if (received.origin().key() == null) {
            return new Unreadable<>("totals without a key");
        }
        Reading<UsageStats> reading = Reading.of(codec, received.value());
        boolean unknown = reading instanceof Read<UsageStats> readable
                && readable.value().getGranularity() == Granularity.UNKNOWN;
        return unknown ? new Unreadable<>("totals of a granularity that is not known here") : reading;
    }

    @Override
    public void write(Connection connection, List<Received<UsageStats>> batch) throws SQLException {
        Map<StatsTable, LatestRows<UsageStats>> tables = new EnumMap<>(StatsTable.class);
        for (Received<UsageStats> row : batch) {
            tables.computeIfAbsent(
                            StatsTable.of(row.value().getGranularity()),
                            table -> new LatestRows<>(UsageStats::getVersion))
                    .add(RowId.of(row.origin().key()), row.value());
        }
        for (Map.Entry<StatsTable, LatestRows<UsageStats>> table : tables.entrySet()) {
            table.getKey().upsert(connection, table.getValue().rows());
        }
    }

    @Override
    public EventName name(UsageStats row) {
        return new EventName(row.getCompany(), null, null);
    }
}
