package io.tollgate.bench.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** What has come out of a running Tollgate: counts from the sink, which cost nothing, and rows from PostgreSQL. */
final class Books implements AutoCloseable {
    private static final String ROWS_OF_EVENTS =
            "SELECT event_hash FROM tollgate.cost_calculations WHERE event_hash = ANY (?) AND booked_on >= current_date - 1";
    private static final String LEDGER = "SELECT count(*), count(DISTINCT event_hash) FROM tollgate.cost_calculations";
    private static final String OUTCOMES =
            "SELECT count(*), count(*) FILTER (WHERE outcome = 'duplicate') FROM tollgate.event_outcomes";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI metrics;
    private final Connection database;

    Books(Standalone tollgate) throws SQLException {
        this.metrics = tollgate.sink().resolve("/actuator/prometheus");
        this.database = DriverManager.getConnection(
                tollgate.endpoint("postgres"),
                tollgate.endpoint("postgres-user"),
                tollgate.endpoint("postgres-password"));
    }

    /** Rows of the ledger that are committed. */
    long ledgerRows() throws IOException, InterruptedException {
        return committed(metrics(), "usage.rated");
    }

    /** Outcomes that are committed: one for each event that was taken, known ones included. */
    long outcomes() throws IOException, InterruptedException {
        return committed(metrics(), "usage.outcomes");
    }

    private String metrics() throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                .body();
    }

    /** Records of a topic that the sink has committed, by its metrics; 0 before there is one. */
    static long committed(String metrics, String topic) {
        return (long) metrics.lines()
                .filter(line -> line.startsWith("tollgate_sink_records_total{"))
                .filter(line -> line.contains("topic=\"" + topic + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Which of these events have a row that anybody can see. */
    Set<UUID> visible(Set<UUID> events) throws SQLException {
        Set<UUID> found = new TreeSet<>();
        try (var sql = database.prepareStatement(ROWS_OF_EVENTS)) {
            sql.setArray(1, database.createArrayOf("uuid", events.toArray()));
            try (ResultSet rows = sql.executeQuery()) {
                while (rows.next()) {
                    found.add(Objects.requireNonNull(rows.getObject(1, UUID.class)));
                }
            }
        }
        return found;
    }

    /**
     * Compares all rows with what was sent.
     *
     * @param distinct events with ids of their own that were acknowledged
     * @param repeated acknowledgements of events that had been acknowledged before, at least
     * @throws IllegalStateException if there is another number of rows
     */
    void requireExact(long distinct, long repeated) throws SQLException {
        List<Long> ledger = twoCounts(LEDGER);
        List<Long> outcomes = twoCounts(OUTCOMES);
        if (ledger.get(0) != distinct || ledger.get(1) != distinct) {
            throw new IllegalStateException(distinct + " distinct events were sent, and the ledger has " + ledger.get(0)
                    + " rows of " + ledger.get(1) + " events");
        }
        if (outcomes.get(0) - outcomes.get(1) != distinct || outcomes.get(1) < repeated) {
            throw new IllegalStateException(distinct + " distinct events were sent and " + repeated
                    + " of them again, and of " + outcomes.get(0) + " outcomes " + outcomes.get(1) + " are duplicates");
        }
    }

    private List<Long> twoCounts(String query) throws SQLException {
        try (Statement sql = database.createStatement();
                ResultSet row = sql.executeQuery(query)) {
            row.next();
            return List.of(row.getLong(1), row.getLong(2));
        }
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
