package io.tollgate.sink.migration;

import io.tollgate.sink.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;

/**
 * The way back to an older version: each newer one's undo script ({@code db/undo}), the newest first, and its row of Flyway's
 * history, all in one transaction. Flyway's own lock is held meanwhile, so no migration runs beside it.
 *
 * <p>A sink that is still there would go on writing into tables that are gone, and one with auto-migration brings the newer
 * version back when it starts.
 */
public final class Rollback {
    /** As Flyway's PostgreSQLAdvisoryLockTemplate has it: this, and the hash of the quoted name of the history's table. */
    private static final long FLYWAY_LOCK = 77_431_708_279_161L;

    private static final String LOCK = "SELECT pg_try_advisory_xact_lock(?)";
    private static final String LOCK_TIMEOUT = "SET LOCAL lock_timeout = '10s'";
    private static final String SINKS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND application_name = left(?, 63) AND pid <> pg_backend_pid()";

    private final DataSource database;
    private final Migrations migrations;
    private final String schema;

    public Rollback(DataSource database, String schema) {
        this.database = database;
        this.migrations = new Migrations(database, schema);
        this.schema = schema;
    }

    /** The versions that are newer than that one and so would be undone, the newest first. */
    public List<Version> after(int target) {
        return migrations.list().stream()
                .filter(version -> version.isThere() && version.number() > target)
                .sorted(Comparator.comparingInt(Version::number).reversed())
                .toList();
    }

    /**
     * Undoes every version that is newer.
     *
     * @param target the version to be at; 0 leaves nothing
     * @param despiteSinks whether it is done while sinks are connected
     * @return what was undone, the newest first
     * @throws SchemaException if it can't be done as things are; nothing has been done then
     */
    public List<Version> to(int target, boolean despiteSinks) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                lock(connection);
                List<Version> undone = after(target);
                if (!despiteSinks) {
                    requireNoSink(connection);
                }
                // All of them before the first is run.
                for (String script : scripts(undone)) {
                    execute(connection, script);
                }
                forget(connection, undone);
                connection.commit();
                return undone;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    long lockNumber() {
        return FLYWAY_LOCK + (quoted(schema) + "." + quoted(Migrations.HISTORY)).hashCode();
    }

    private void lock(Connection connection) throws SQLException {
        execute(connection, LOCK_TIMEOUT);
        execute(connection, "SET LOCAL search_path = " + quoted(schema) + ", pg_temp");
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setLong(1, lockNumber());
            try (ResultSet held = lock.executeQuery()) {
                if (!held.next() || !held.getBoolean(1)) {
                    throw new SchemaException("a migration of " + schema + " is running; try again when it has ended");
                }
            }
        }
    }

    private void requireNoSink(Connection connection) throws SQLException {
        try (PreparedStatement count = connection.prepareStatement(SINKS)) {
            count.setString(1, Database.sinkOf(schema));
            try (ResultSet found = count.executeQuery()) {
                if (found.next() && found.getInt(1) > 0) {
                    throw new SchemaException("a billing-sink is connected to " + schema + " (" + found.getInt(1)
                            + " connections) and would go on writing. Stop it first, or say --force");
                }
            }
        }
    }

    private List<String> scripts(List<Version> undone) {
        return undone.stream().map(this::script).toList();
    }

    private String script(Version version) {
        if (version.state().equals(Version.UNKNOWN)) {
            throw new SchemaException("the schema " + schema + " is at version " + version.number()
                    + ", which this program does not know. The program that made it can undo it");
        }
        return Scripts.read(
                "db/undo/U" + version.number() + "__" + version.description().replace(' ', '_') + ".sql");
    }

    private static void forget(Connection connection, List<Version> undone) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM " + Migrations.HISTORY + " WHERE version = ?")) {
            for (Version version : undone) {
                delete.setString(1, Integer.toString(version.number()));
                delete.executeUpdate();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }
}
