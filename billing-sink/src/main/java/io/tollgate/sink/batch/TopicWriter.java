package io.tollgate.sink.batch;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Turns one topic's records into rows. It knows nothing of offsets, commits and retries. Used by one consumer thread, so it
 * may keep buffers.
 *
 * @param <T> what a record says
 */
public interface TopicWriter<T> {

    /**
     * Reads a record's value; failure is a value, too.
     *
     * @throws io.tollgate.schemas.serde.RegistryException if the registry is needed and does not answer
     */
    Reading<T> read(Received<byte[]> received);

    /** Called before the transaction begins, for what must not be in it. */
    default void prepare(List<Received<T>> rows) throws SQLException {}

    /** Writes the rows in the connection's transaction; may be called again with some of them after an exception. */
    void write(Connection connection, List<Received<T>> rows) throws SQLException;

    /**
     * Writes what can be saved of a row that the database has refused.
     *
     * @return false if there is nothing to save
     */
    default boolean writeReduced(Connection connection, Received<T> row) throws SQLException {
        return false;
    }

    /** Called after these rows have been committed; must not fail. */
    default void committed(List<Received<T>> rows) {}

    /** Since when the row has been on its way, epoch µs. */
    default long bookedAt(Received<T> row) {
        return row.appendedAt();
    }

    /** Whom a dead letter of this record is about. */
    default EventName name(T value) {
        return EventName.NONE;
    }
}
