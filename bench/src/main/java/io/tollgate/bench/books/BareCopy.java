package io.tollgate.bench.books;

import io.tollgate.bench.Reading;
import io.tollgate.bench.process.Endpoints;
import io.tollgate.bench.process.Stopwatch;
import io.tollgate.bench.process.Workload;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/**
 * The limit of the sink: the rows that it wrote last, as the very text that {@code COPY} takes, into another table with the
 * same columns, indexes and partitions. As many connections as the sink has consumers, one transaction each.
 */
final class BareCopy implements Workload {
    private static final String SCHEMA = "bench";
    private static final String TABLE = SCHEMA + "." + LedgerTwin.NAME;
    private static final String NEWEST_ROWS = "(SELECT * FROM tollgate.cost_calculations OFFSET %d) TO STDOUT";
    private static final int CHUNK = 1 << 16;

    private final Endpoints endpoints;

    private BareCopy(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    /** Makes it. */
    public static final class Maker implements Workload.Maker {
        @Override
        public Workload make(Endpoints endpoints) {
            return new BareCopy(endpoints);
        }
    }

    @Override
    public Reading run(int round, int events) throws Exception {
        makeTable();
        List<Share> shares = newestRows(events);
        ExecutorService threads = Executors.newFixedThreadPool(shares.size());
        List<Connection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < shares.size(); i++) {
                connections.add(connect());
            }
            Stopwatch watch = Stopwatch.start();
            List<Future<Long>> copying = new ArrayList<>();
            for (int i = 0; i < shares.size(); i++) {
                Share share = shares.get(i);
                Connection connection = connections.get(i);
                copying.add(threads.submit(() -> copy(connection, share)));
            }
            long rows = 0;
            for (Future<Long> each : copying) {
                rows += each.get();
            }
            Reading reading = watch.read(rows);
            if (rows != events) {
                throw new IllegalStateException(rows + " rows were copied and not " + events);
            }
            return reading;
        } finally {
            threads.shutdownNow();
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    /** A part of the rows, in pieces as the sink sends them. */
    private static final class Share {
        final List<byte[]> pieces = new ArrayList<>();
        private final ByteArrayOutputStream piece = new ByteArrayOutputStream(2 * CHUNK);

        void add(byte[] row) {
            piece.writeBytes(row);
            if (piece.size() >= CHUNK) {
                end();
            }
        }

        void end() {
            pieces.add(piece.toByteArray());
            piece.reset();
        }
    }

    private static long copy(Connection connection, Share share) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + TABLE + " FROM STDIN");
        for (byte[] piece : share.pieces) {
            copy.writeToCopy(piece, 0, piece.length);
        }
        return copy.endCopy();
    }

    /** The ledger's partitions are only appended to, so a plain scan gives rows in the order in which they came. */
    private List<Share> newestRows(int events) throws SQLException {
        List<Share> shares = new ArrayList<>();
        for (int i = 0; i < Books.CONNECTIONS; i++) {
            shares.add(new Share());
        }
        try (Connection connection = connect();
                Statement sql = connection.createStatement()) {
            sql.execute("SET synchronize_seqscans = off");
            sql.execute("SET max_parallel_workers_per_gather = 0");
            sql.execute("SET enable_indexscan = off");
            long older = number(sql, "SELECT count(*) FROM tollgate.cost_calculations") - events;
            CopyOut rows =
                    connection.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY " + NEWEST_ROWS.formatted(older));
            int next = 0;
            for (byte[] row = rows.readFromCopy(); row != null; row = rows.readFromCopy()) {
                shares.get(next++ % shares.size()).add(row);
            }
        }
        shares.forEach(Share::end);
        return shares;
    }

    private void makeTable() throws SQLException {
        try (Connection connection = connect();
                Statement sql = connection.createStatement()) {
            LedgerTwin.make(sql, SCHEMA);
        }
    }

    private static long number(Statement sql, String query) throws SQLException {
        try (ResultSet rows = sql.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(endpoints.postgres(), endpoints.user(), endpoints.password());
    }
}
