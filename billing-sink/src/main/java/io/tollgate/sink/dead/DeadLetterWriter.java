package io.tollgate.sink.dead;

import io.tollgate.avro.DeadLetter;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.trace.TraceContext;
import io.tollgate.sink.batch.Reading;
import io.tollgate.sink.batch.Reading.Read;
import io.tollgate.sink.batch.Reading.Unreadable;
import io.tollgate.sink.batch.Received;
import io.tollgate.sink.batch.StorableText;
import io.tollgate.sink.batch.TopicWriter;
import io.tollgate.sink.text.ByteText;
import io.tollgate.sink.text.Calendar;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists dead letters in the database, each once: its id is where its original lies. A record of {@code usage.dead} that is
 * itself unreadable is listed as a dead letter about itself, since producing another one would never end.
 */
public final class DeadLetterWriter implements TopicWriter<DeadLetter> {
    private static final String INSERT =
            "INSERT INTO dead_letters (origin_topic, origin_partition, origin_offset, code,"
                    + " detail, origin_timestamp, company, source, event_id, original, recorded_at)"
                    + " VALUES (?, ?, ?, ?, ?, ?::timestamptz, ?, ?, ?, ?, ?::timestamptz) ON CONFLICT DO NOTHING";

    private static final Logger log = LoggerFactory.getLogger(DeadLetterWriter.class);
    /** A line for each of them, but not for each of a flood. */
    private static final int MOST_LINES = 10;

    private final AvroCodec<DeadLetter> codec;
    private final DeadLetterMetrics metrics;

    public DeadLetterWriter(AvroCodec<DeadLetter> codec, DeadLetterMetrics metrics) {
        this.codec = codec;
        this.metrics = metrics;
    }

    @Override
    public Reading<DeadLetter> read(Received<byte[]> received) {
        Reading<DeadLetter> reading = Reading.of(codec, received.value());
        return reading instanceof Unreadable<DeadLetter> unreadable
                ? new Read<>(aboutItself(received.origin(), unreadable.detail()))
                : reading;
    }

    private static DeadLetter aboutItself(ConsumerRecord<byte[], byte[]> origin, String detail) {
        return DeadLetter.newBuilder()
                .setCode("unreadable")
                .setDetail(detail)
                .setOriginTopic(origin.topic())
                .setOriginPartition(origin.partition())
                .setOriginOffset(origin.offset())
                .setOriginTimestamp(origin.timestamp() * 1_000)
                .setOriginal(origin.value() == null ? null : ByteBuffer.wrap(origin.value()))
                .build();
    }

    @Override
    public void write(Connection connection, List<Received<DeadLetter>> batch) throws SQLException {
        ByteText scratch = new ByteText(64);
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Received<DeadLetter> row : batch) {
                bind(insert, row, scratch);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void bind(PreparedStatement insert, Received<DeadLetter> row, ByteText scratch) throws SQLException {
        DeadLetter letter = row.value();
        insert.setString(1, StorableText.of(letter.getOriginTopic()));
        insert.setInt(2, letter.getOriginPartition());
        insert.setLong(3, letter.getOriginOffset());
        insert.setString(4, StorableText.of(letter.getCode()));
        insert.setString(5, StorableText.of(letter.getDetail()));
        insert.setString(6, Calendar.timestampText(letter.getOriginTimestamp(), scratch));
        insert.setString(7, StorableText.orNull(letter.getCompany()));
        insert.setString(8, StorableText.orNull(letter.getSource()));
        insert.setString(9, StorableText.orNull(letter.getId()));
        insert.setBytes(10, bytes(letter.getOriginal()));
        insert.setString(11, Calendar.timestampText(row.appendedAt(), scratch));
    }

    @Override
    public void committed(List<Received<DeadLetter>> rows) {
        rows.forEach(row -> metrics.listed(row.value().getCode()));
        rows.stream().limit(MOST_LINES).forEach(DeadLetterWriter::tell);
        if (rows.size() > MOST_LINES) {
            log.warn("{} more dead letters at once", rows.size() - MOST_LINES);
        }
    }

    /** Names that clients chose are members of the line, and not text: they could look like another line. */
    private static void tell(Received<DeadLetter> row) {
        DeadLetter letter = row.value();
        TraceContext trace = TraceContext.of(row.origin().headers());
        log.atWarn()
                .addKeyValue("code", letter.getCode())
                .addKeyValue("company", letter.getCompany())
                .addKeyValue("event_source", letter.getSource())
                .addKeyValue("event_id", letter.getId())
                .addKeyValue("trace_id", trace == null ? null : trace.traceId())
                .log(
                        "dead letter, {}: record {} of {}-{}",
                        letter.getCode(),
                        letter.getOriginOffset(),
                        letter.getOriginTopic(),
                        letter.getOriginPartition());
    }

    private static byte @Nullable [] bytes(@Nullable ByteBuffer original) {
        if (original == null) {
            return null;
        }
        byte[] bytes = new byte[original.remaining()];
        original.duplicate().get(bytes);
        return bytes;
    }
}
