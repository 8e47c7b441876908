package io.tollgate.bench.books;

import io.tollgate.bench.Reading;
import io.tollgate.bench.load.RatedLoad;
import io.tollgate.bench.process.Drain;
import io.tollgate.bench.process.Endpoints;
import io.tollgate.bench.process.EventTopic;
import io.tollgate.bench.process.EventTopic.Message;
import io.tollgate.bench.process.Workload;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.SchemaRegistry;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.sink.SinkApplication;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The sink as it ships, from {@code usage.rated} into {@code cost_calculations}, until its progress covers all. It is
 * stopped while a round's rows are written to Kafka; its other topics are empty.
 */
final class SinkRun implements Workload {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String PROGRESS =
            "SELECT coalesce(sum(next_offset), 0) FROM tollgate.sink_progress WHERE topic = 'usage.rated'";

    private final Endpoints endpoints;
    private final Codecs codecs;
    private final EventTopic rated;
    private final Connection database;

    private SinkRun(Endpoints endpoints) throws SQLException {
        this.endpoints = endpoints;
        this.codecs = Codecs.settle(new SchemaRegistry(endpoints.registry()));
        this.rated = new EventTopic(endpoints.kafka(), Topics.USAGE_RATED.name());
        this.database = DriverManager.getConnection(endpoints.postgres(), endpoints.user(), endpoints.password());
    }

    /** Makes it. */
    public static final class Maker implements Workload.Maker {
        @Override
        public Workload make(Endpoints endpoints) throws Exception {
            return new SinkRun(endpoints);
        }
    }

    @Override
    @SuppressWarnings("try") // the service is open while it is timed, and does the rest by itself
    public Reading run(int round, int count) throws Exception {
        RatedLoad load = new RatedLoad(1 + round, Instant.now());
        long from = rated.end();
        rated.fill(count, () -> {
            RatedLoad.Row row = load.next();
            return new Message(row.key(), codecs.rated().encode(row.value()));
        });
        Reading reading;
        try (ConfigurableApplicationContext service = SinkApplication.builder().run(arguments())) {
            reading = Drain.until(this::progress, from, from + count, LIMIT);
        }
        long rows = number("SELECT count(*) FROM tollgate.cost_calculations");
        if (rows != from + count) {
            throw new IllegalStateException("the ledger has " + rows + " rows and not " + (from + count));
        }
        return reading;
    }

    private long progress() throws SQLException {
        boolean isThere = number("SELECT count(to_regclass('tollgate.sink_progress'))") > 0;
        return isThere ? number(PROGRESS) : 0;
    }

    private long number(String query) throws SQLException {
        try (Statement sql = database.createStatement();
                ResultSet rows = sql.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private String[] arguments() {
        return new String[] {
            "--kafka=" + endpoints.kafka(),
            "--registry=" + endpoints.registry(),
            "--postgres=" + endpoints.postgres(),
            "--tollgate.postgres-user=" + endpoints.user(),
            "--tollgate.postgres-password=" + endpoints.password(),
            "--tollgate.consumers.rated=" + Books.CONNECTIONS,
            "--server.port=0"
        };
    }

    @Override
    public void close() {
        rated.close();
        try {
            database.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the connection could not be closed", e);
        }
    }
}
