package io.tollgate.bench.reports;

import io.tollgate.bench.process.Endpoints;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;

/**
 * A year of usage, written by COPY as the sink would have written it: the ledger, the totals of days and those of quarter
 * hours; and rolled up to yesterday.
 */
final class YearOfUsage {
    static final int DAYS = 365;

    private static final String SCHEMA = "tollgate";
    private static final String STATS = "company, user_id, auth_id, provider, model, service_tier, labels, currency,"
            + " requests, successes, errors, unpriced, dimensions, tokens, cost, list_cost, latency_histogram, version";
    private static final String LEDGER = "booked_on, event_hash, sequence, kind, cause, revision, state, requests,"
            + " event_time, booked_at, events_partition, events_offset, company, source, event_id, user_id, auth_id,"
            + " provider, model, service_tier, status, latency_ms, billable, labels, lines, tokens, cost, list_cost,"
            + " currency, price_version, reduced";

    private final Endpoints endpoints;
    private final Traffic traffic;
    private final Random ids;
    private long offset;

    YearOfUsage(Endpoints endpoints, long seed) {
        this.endpoints = endpoints;
        this.traffic = new Traffic(seed);
        this.ids = new Random(seed);
    }

    /** Fills empty tables up to yesterday, and today. */
    void fill(LocalDate today, int ledgerRows) throws SQLException, IOException {
        Flyway.configure()
                .dataSource(endpoints.postgres(), endpoints.user(), endpoints.password())
                .schemas(SCHEMA)
                .defaultSchema(SCHEMA)
                .load()
                .migrate();
        try (Connection connection = connect()) {
            for (int day = DAYS - 1; day >= 0; day--) {
                LocalDate date = today.minusDays(day);
                fill(connection, date, traffic.day(date, ledgerRows / DAYS));
                if (day % 30 == 0) {
                    System.err.printf("  %s, %,d ledger rows%n", date, offset);
                }
            }
            rollUp(connection, today);
            execute(connection, "VACUUM ANALYZE");
        }
    }

    long ledgerRows() {
        return offset;
    }

    /** As the sink does day by day. */
    private static void rollUp(Connection connection, LocalDate before) throws SQLException {
        boolean more = true;
        try (Statement sql = connection.createStatement()) {
            while (more) {
                try (ResultSet row = sql.executeQuery("SELECT roll_usage_stats_up('" + before + "')")) {
                    row.next();
                    more = row.getBoolean(1);
                }
            }
        }
    }

    /** How much there is. */
    String described() throws SQLException {
        try (Connection connection = connect();
                Statement sql = connection.createStatement();
                var found = sql.executeQuery("SELECT (SELECT count(*) FROM cost_calculations),"
                        + " (SELECT count(*) FROM usage_stats), (SELECT count(*) FROM usage_stats_intraday)")) {
            found.next();
            return "%,d ledger rows, %,d rows of days, %,d of quarter hours; %d companies, %d users"
                    .formatted(
                            found.getLong(1), found.getLong(2), found.getLong(3), Traffic.COMPANIES, traffic.people());
        }
    }

    private void fill(Connection connection, LocalDate day, List<Call> calls) throws SQLException, IOException {
        Map<String, Totals> days = new LinkedHashMap<>();
        Map<String, Map<String, Totals>> quarterHours = new HashMap<>();
        StringBuilder ledger = new StringBuilder();
        for (Call call : calls) {
            days.computeIfAbsent(call.row(), absent -> new Totals(call)).add(call);
            String quarterHour = java.time.Instant.ofEpochSecond(call.time().getEpochSecond() / 900 * 900)
                    .toString();
            quarterHours
                    .computeIfAbsent(quarterHour, absent -> new LinkedHashMap<>())
                    .computeIfAbsent(call.row(), absent -> new Totals(call))
                    .add(call);
            appendLedger(ledger, day, call);
        }
        execute(connection, "SELECT make_daily_partition('cost_calculations', '" + day + "')");
        copy(connection, "cost_calculations (" + LEDGER + ")", ledger);
        StringBuilder copy = new StringBuilder();
        days.values().forEach(totals -> totals.appendTo(copy, id(), day.toString()));
        copy(connection, "usage_stats (row_id, date, " + STATS + ")", copy);
        copy.setLength(0);
        quarterHours.forEach((window, rows) -> rows.values().forEach(totals -> totals.appendTo(copy, id(), window)));
        copy(connection, "usage_stats_intraday (row_id, window_start, " + STATS + ")", copy);
    }

    private void appendLedger(StringBuilder ledger, LocalDate day, Call call) {
        String id = id();
        String lines = Stream.of(
                        line("input", call.input(), 250),
                        call.cacheRead() == 0 ? "" : line("cache_read", call.cacheRead(), 25),
                        line("output", call.output(), 1_000))
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(", ", "[", "]"));
        Object[] columns = {
            day,
            id,
            0,
            "usage",
            "usage",
            1,
            "rated",
            1,
            call.time(),
            call.time(),
            offset % 4,
            offset / 4,
            call.person().company(),
            "bench",
            "event-" + offset,
            call.person().user(),
            call.person().key(),
            call.provider(),
            call.model(),
            call.batch() ? "batch" : "\\N",
            call.failed() ? 500 : 200,
            call.latencyMs(),
            true,
            call.person().labels(),
            lines,
            call.tokens(),
            Call.money(call.cost()),
            Call.money(call.listCost()),
            "USD",
            1,
            false
        };
        offset++;
        for (int i = 0; i < columns.length; i++) {
            ledger.append(i == 0 ? "" : "\t").append(columns[i]);
        }
        ledger.append('\n');
    }

    /** By the price list and, a fifth more, as charged. */
    private static String line(String dimension, long tokens, long listPrice) {
        long price = listPrice / 5 * 6;
        return "{\"dimension\": \"%s\", \"unit\": \"token\", \"quantity\": %d, \"list_unit_price\": %s, \"unit_price\": %s, \"list_cost\": %s, \"cost\": %s}"
                .formatted(
                        dimension,
                        tokens,
                        Call.money(listPrice),
                        Call.money(price),
                        Call.money(tokens * listPrice),
                        Call.money(tokens * price));
    }

    private String id() {
        return new UUID(ids.nextLong(), ids.nextLong()).toString();
    }

    private static void copy(Connection connection, String into, StringBuilder rows) throws SQLException, IOException {
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + into + " FROM STDIN", new StringReader(rows.toString()));
    }

    private static void execute(Connection connection, String statement) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                endpoints.postgres() + "?currentSchema=" + SCHEMA, endpoints.user(), endpoints.password());
    }
}
