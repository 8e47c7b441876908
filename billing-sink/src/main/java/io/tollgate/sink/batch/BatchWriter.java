package io.tollgate.sink.batch;

import io.tollgate.avro.DeadLetter;
import io.tollgate.sink.batch.DeadLetters.Letter;
import io.tollgate.sink.batch.Reading.Read;
import io.tollgate.sink.batch.Reading.Unreadable;
import io.tollgate.sink.database.Failure;
import io.tollgate.sink.progress.Advance;
import io.tollgate.sink.progress.ExactlyOnceTransaction;
import io.tollgate.sink.progress.ExactlyOnceTransaction.Ending;
import io.tollgate.sink.progress.TopicIdentity;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Takes one batch into the books. Every record of it ends as a row, as a dead letter, or (a refused ledger row) as both:
 * none is left out, and its neighbours go in. Dead letters are kept before the commit, so a record that is passed over is
 * known to be; if the commit then fails they come again under the same ids.
 */
public final class BatchWriter<T> {
    /** Code of a dead letter about bytes that are no record. */
    static final String UNREADABLE = "unreadable";
    /** Code of a dead letter about a record that PostgreSQL does not take. */
    static final String REFUSED = "refused_by_database";

    private final TopicWriter<T> writer;
    private final ExactlyOnceTransaction transaction;
    private final DeadLetters deadLetters;
    private final BatchMetrics metrics;

    public BatchWriter(
            TopicWriter<T> writer, ExactlyOnceTransaction transaction, DeadLetters deadLetters, BatchMetrics metrics) {
        this.writer = writer;
        this.transaction = transaction;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
    }

    public Ending write(TopicIdentity identity, List<ConsumerRecord<byte[], byte[]>> records, Collection<Advance> steps)
            throws SQLException {
        List<Letter> unreadable = new ArrayList<>();
        List<Received<T>> rows = read(records, unreadable);
        writer.prepare(rows);
        List<Letter> letters = new ArrayList<>();
        Ending ending = transaction.run(identity, steps, connection -> {
            letters.addAll(unreadable);
            letters.addAll(writeAll(connection, rows));
            if (!letters.isEmpty()) {
                deadLetters.keep(letters);
            }
        });
        if (ending == Ending.COMMITTED) {
            writer.committed(rows);
            metrics.committed(records.size(), letters.size());
            long now = metrics.now();
            rows.forEach(row -> metrics.delayed(now - writer.bookedAt(row)));
        }
        return ending;
    }

    private List<Received<T>> read(List<ConsumerRecord<byte[], byte[]>> records, List<Letter> unreadable) {
        List<Received<T>> rows = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> origin : records) {
            byte[] value = origin.value();
            Reading<T> reading = writer.read(new Received<>(origin, value == null ? new byte[0] : value));
            if (reading instanceof Read<T> readable) {
                rows.add(new Received<>(origin, readable.value()));
            } else if (reading instanceof Unreadable<T> failed) {
                unreadable.add(letter(origin, UNREADABLE, failed.detail(), EventName.NONE));
            }
        }
        return rows;
    }

    private List<Letter> writeAll(Connection connection, List<Received<T>> rows) throws SQLException {
        List<Letter> letters = new ArrayList<>();
        List<Bisection.Refused<Received<T>>> refused =
                Bisection.write(rows, part -> attempt(connection, () -> writer.write(connection, part)));
        for (Bisection.Refused<Received<T>> one : refused) {
            Received<T> row = one.row();
            boolean[] saved = new boolean[1];
            Exception again = attempt(connection, () -> saved[0] = writer.writeReduced(connection, row));
            String detail = one.reason().getMessage()
                    + (again != null ? "; reduced: " + again.getMessage() : saved[0] ? "; the row was reduced" : "");
            letters.add(letter(row.origin(), REFUSED, detail, writer.name(row.value())));
        }
        return letters;
    }

    @FunctionalInterface
    private interface Step {
        void run() throws SQLException;
    }

    /** All or nothing, within a savepoint; the answer is why a row in it will never be taken. */
    private static @Nullable Exception attempt(Connection connection, Step step) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            step.run();
            connection.releaseSavepoint(before);
            return null;
        } catch (SQLException | RuntimeException e) {
            if (Failure.of(e) != Failure.ROW) {
                throw e;
            }
            connection.rollback(before);
            return e;
        }
    }

    private static Letter letter(ConsumerRecord<byte[], byte[]> origin, String code, String detail, EventName name) {
        DeadLetter letter = DeadLetter.newBuilder()
                .setCode(code)
                .setDetail(StorableText.of(detail))
                .setOriginTopic(origin.topic())
                .setOriginPartition(origin.partition())
                .setOriginOffset(origin.offset())
                .setOriginTimestamp(origin.timestamp() * 1_000)
                .setCompany(StorableText.orNull(name.company()))
                .setSource(StorableText.orNull(name.source()))
                .setId(StorableText.orNull(name.id()))
                .setOriginal(origin.value() == null ? null : ByteBuffer.wrap(origin.value()))
                .build();
        return new Letter(origin, letter);
    }
}
