package io.tollgate.sink.progress;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import javax.sql.DataSource;

/**
 * The one way in which rows get into the books: data first, then the progress rows locked, compared and moved on, then
 * the commit. Of two sinks that write the same records, a paused one that comes back included, one commits and the
 * other finds the progress elsewhere and takes everything back. The locks are taken last, so a sink that stalls while it
 * writes holds up nobody.
 *
 * <p>An exception leaves open whether the commit went through: the caller must read the progress again before it goes on,
 * or repeat the same steps, which then are either made or found made.
 */
public final class ExactlyOnceTransaction {
    private final DataSource database;

    public ExactlyOnceTransaction(DataSource database) {
        this.database = database;
    }

    /** What is written in the transaction. It neither commits nor rolls back, but may use savepoints. */
    @FunctionalInterface
    public interface Work {
        void write(Connection connection) throws SQLException;
    }

    /** Whether the rows are in the books by this transaction. */
    public enum Ending {
        COMMITTED,
        /** Another sink has moved the progress; nothing was written by this transaction. */
        OUTRUN
    }

    public Ending run(TopicIdentity identity, Collection<Advance> steps, Work work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            try {
                work.write(connection);
                if (Progress.move(connection, identity, steps)) {
                    connection.commit();
                    return Ending.COMMITTED;
                }
                connection.rollback();
                return Ending.OUTRUN;
            } catch (SQLException | RuntimeException e) {
                rollback(connection, e);
                throw e;
            }
        }
    }

    private static void rollback(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
