package io.tollgate.standalone.doctor;

import io.tollgate.schemas.database.DatabaseUrl;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.TopicPartition;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfoService;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/** The database, asked and judged. */
final class Books {
    private static final String CHECK = "database";

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
     * @param version of the schema; null: it has none of ours
     * @param pending migrations that are to come
     * @param progress next offset of each partition that the sink has written
     */
    record Facts(
            String server,
            @Nullable String version,
            int pending,
            Map<TopicPartition, Long> progress,
            Instant now,
            Duration asking) {}

    static Facts ask(Place place) throws SQLException {
        Properties as = new Properties();
        String user = place.user() == null ? place.url().user() : place.user();
        String password = place.password() == null ? place.url().password() : place.password();
        if (user != null) {
            as.setProperty("user", user);
        }
        if (password != null) {
            as.setProperty("password", password);
        }
        as.setProperty("connectTimeout", "5");
        as.setProperty("socketTimeout", "10");
        as.setProperty("ApplicationName", "tollgate-doctor");
        as.setProperty("currentSchema", place.schema());
        as.setProperty("readOnly", "true");
        Connection connection = new Driver().connect(place.url().jdbc(), as);
        if (connection == null) {
            throw new SQLException("no PostgreSQL URL");
        }
        try (connection) {
            MigrationInfoService migrations = Flyway.configure(Books.class.getClassLoader())
                    .dataSource(place.url().jdbc(), user, password)
                    .schemas(place.schema())
                    .defaultSchema(place.schema())
                    .locations("classpath:db/migration")
                    .load()
                    .info();
            var current = migrations.current();
            String version = current == null ? null : String.valueOf(current.getVersion());
            long asked = System.nanoTime();
            Instant now = now(connection);
            return new Facts(
                    connection.getMetaData().getDatabaseProductName() + " "
                            + connection.getMetaData().getDatabaseProductVersion(),
                    version,
                    migrations.pending().length,
                    version == null ? Map.of() : progress(connection),
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
        if (facts.version() == null) {
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
