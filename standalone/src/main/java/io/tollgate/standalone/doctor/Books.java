package io.tollgate.standalone.doctor;

import io.tollgate.schemas.database.DatabaseUrl;
import io.tollgate.sink.migration.Migrations;
import io.tollgate.sink.migration.Version;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** The database, asked and judged. */
final class Books {
    private static final String CHECK = "database";
    private static final int CONNECT_SECONDS = 5;
    private static final int ANSWER_SECONDS = 10;

    private Books() {}

    /**
     * Where it is, and as whom.
     *
     * @param schema where the tables are
     */
    record Place(DatabaseUrl url, @Nullable String user, @Nullable String password, String schema) {
        /** Without the password. */
        @Override
        public String toString() {
            return url.toString();
        }
    }

    /**
     * What it says.
     *
     * @param version of the schema; 0: it has none of ours
     * @param pending migrations that are to come
     * @param progress next offset of each partition that the sink has written
     */
    record Facts(
            String server,
            int version,
            int pending,
            Map<TopicPartition, Long> progress,
            Instant now,
            Duration asking) {}

    static Facts ask(Place place) throws SQLException {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setURL(place.url().jdbc());
        database.setUser(place.user() == null ? place.url().user() : place.user());
        database.setPassword(place.password() == null ? place.url().password() : place.password());
        database.setCurrentSchema(place.schema());
        database.setApplicationName("tollgate-doctor");
        database.setConnectTimeout(CONNECT_SECONDS);
        database.setSocketTimeout(ANSWER_SECONDS);
        database.setReadOnly(true);
        try (Connection connection = database.getConnection()) {
            List<Version> versions = new Migrations(database, place.schema()).list();
            int version = Migrations.current(versions);
            long asked = System.nanoTime();
            Instant now = now(connection);
            return new Facts(
                    connection.getMetaData().getDatabaseProductName() + " "
                            + connection.getMetaData().getDatabaseProductVersion(),
                    version,
                    (int) versions.stream().filter(Version::isPending).count(),
                    version == 0 ? Map.of() : progress(connection),
                    now,
                    Duration.ofNanos(System.nanoTime() - asked));
        }
    }

    private static Instant now(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT clock_timestamp()");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    private static Map<TopicPartition, Long> progress(Connection connection) throws SQLException {
        Map<TopicPartition, Long> progress = new HashMap<>();
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT topic, partition, next_offset FROM sink_progress");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                progress.put(new TopicPartition(row.getString(1), row.getInt(2)), row.getLong(3));
            }
        }
        return progress;
    }

    static Finding unreachable(String place, String why) {
        return Finding.broken(
                CHECK,
                place + ": " + why,
                "start it; or name it with --postgres URL and TOLLGATE_POSTGRES_USER, TOLLGATE_POSTGRES_PASSWORD (or"
                        + " DATABASE_URL). Events wait in Kafka meanwhile");
    }

    static Finding check(Facts facts) {
        if (facts.version() == 0) {
            return Finding.broken(
                    CHECK,
                    facts.server() + " has no tables of ours",
                    "start billing-sink, which makes them, or run ./tollgate db migrate");
        }
        return facts.pending() > 0
                ? Finding.broken(
                        CHECK,
                        facts.server() + ", schema version " + facts.version() + ", " + facts.pending()
                                + " migrations to come",
                        "run ./tollgate db migrate, or let billing-sink do it at its start")
                : Finding.ok(CHECK, facts.server() + ", schema version " + facts.version());
    }
}
