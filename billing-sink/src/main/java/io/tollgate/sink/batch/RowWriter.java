package io.tollgate.sink.batch;

import io.tollgate.schemas.RowId;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.sink.batch.Reading.Nothing;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Writes a topic whose keys name the rows of one table: a record is a row, a tombstone takes it away. */
public final class RowWriter<V extends SpecificRecord> implements TopicWriter<Change<V>> {
    private final AvroCodec<V> codec;
    private final Function<byte[], String> id;
    private final ToLongFunction<V> version;
    private final RowTable<V> table;
    private final Function<V, @Nullable String> company;
    private final boolean inEveryPartition;

    private RowWriter(
            AvroCodec<V> codec,
            Function<byte[], String> id,
            ToLongFunction<V> version,
            RowTable<V> table,
            Function<V, @Nullable String> company,
            boolean inEveryPartition) {
        this.codec = codec;
        this.id = id;
        this.version = version;
        this.table = table;
        this.company = company;
        this.inEveryPartition = inEveryPartition;
    }

    /** Rows by the hash of their key; an older version that comes late changes nothing. */
    public static <V extends SpecificRecord> RowWriter<V> ofVersions(
            AvroCodec<V> codec, ToLongFunction<V> version, RowTable<V> table, Function<V, String> company) {
        return new RowWriter<>(codec, RowId::of, version, table, company, false);
    }

    /** Rows by id, as a topic of configuration holds them, which has every change in every partition or one partition: the last
     * one stands. */
    public static <V extends SpecificRecord> RowWriter<V> ofConfiguration(
            AvroCodec<V> codec, RowTable<V> table, Function<V, @Nullable String> company) {
        return ofConfiguration(codec, key -> new String(key, StandardCharsets.UTF_8), table, company);
    }

    /** The same where the key is no id. */
    public static <V extends SpecificRecord> RowWriter<V> ofConfiguration(
            AvroCodec<V> codec, Function<byte[], String> id, RowTable<V> table, Function<V, @Nullable String> company) {
        return new RowWriter<>(codec, id, row -> 0, table, company, true);
    }

    /** What is in every partition is taken from the first. */
    @Override
    public Reading<Change<V>> read(Received<byte[]> received) {
        return inEveryPartition && received.origin().partition() != 0 ? new Nothing<>() : Change.read(codec, received);
    }

    @Override
    public void write(Connection connection, List<Received<Change<V>>> batch) throws SQLException {
        LatestRows<V> rows = new LatestRows<>(version);
        batch.forEach(row -> rows.add(id.apply(row.origin().key()), row.value().after()));
        table.write(connection, rows);
    }

    @Override
    public EventName name(Change<V> change) {
        V row = change.after();
        return row == null ? EventName.NONE : new EventName(company.apply(row), null, null);
    }
}
