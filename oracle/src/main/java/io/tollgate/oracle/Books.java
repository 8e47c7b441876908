package io.tollgate.oracle;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** PostgreSQL's tables, all as of one moment, read row by row. */
final class Books implements AutoCloseable {
    private static final int ROWS_AT_ONCE = 2_000;
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .reader();

    private final Connection connection;
    /** The same few texts again and again would be most of the heap. */
    private final Map<String, String> texts = new HashMap<>();

    Books(Deployment where) throws SQLException {
        connection = DriverManager.getConnection(where.jdbcUrl(), where.user(), where.password());
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        // Before the first transaction: what is set in one is taken back with it.
        connection.setSchema(where.schema());
        connection.setAutoCommit(false);
    }

    /** What is read from now on is as of the next question's moment. */
    void newSnapshot() throws SQLException {
        connection.rollback();
    }

    interface Reader {
        void read(ResultSet row) throws SQLException;
    }

    void read(String sql, Reader reader) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }

    /** Of the events of one pass. */
    void read(String table, String columns, int pass, int passes, Reader reader) throws SQLException {
        String sql = "SELECT " + columns + " FROM " + table + " WHERE get_byte(uuid_send(event_hash), 15) % ? = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(ROWS_AT_ONCE);
            statement.setInt(1, passes);
            statement.setInt(2, pass);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }

    static EventId event(ResultSet row) throws SQLException {
        return EventId.of((UUID) row.getObject("event_hash"));
    }

    static String micros(String column) {
        return "(extract(epoch FROM " + column + ") * 1000000)::bigint AS " + column;
    }

    /** What {@link #ledgerRow} reads. */
    static String ledgerColumns() {
        StringJoiner columns = new StringJoiner(", ");
        columns.add("event_hash");
        for (String column : LedgerRow.COLUMNS) {
            columns.add(
                    switch (column) {
                        case "event_time", "booked_at" -> micros(column);
                        default -> column;
                    });
        }
        return columns.toString();
    }

    LedgerRow ledgerRow(ResultSet row) throws SQLException {
        @Nullable String[] values = new String[LedgerRow.COLUMNS.size()];
        for (int i = 0; i < values.length; i++) {
            String column = LedgerRow.COLUMNS.get(i);
            String text = row.getString(column);
            values[i] = text == null
                    ? null
                    : shared(
                            switch (column) {
                                case "labels" -> labels(text);
                                case "lines" -> lines(text);
                                case "vendor" -> "" + vendor(text);
                                case "tokens", "cost", "list_cost" -> "" + Amount.text(new BigDecimal(text));
                                case "billable", "reduced" -> Boolean.toString(row.getBoolean(column));
                                case "over_quotas" -> array(row, column);
                                default -> text;
                            });
        }
        return new LedgerRow(values);
    }

    static final String OUTCOME_COLUMNS = "event_hash, booked_on, events_partition, events_offset, "
            + micros("booked_at")
            + ", company, source, event_id, submission, outcome, revision, code, correction_source, correction_id,"
            + " reason, auth_id";

    OutcomeRow outcomeRow(ResultSet row) throws SQLException {
        return new OutcomeRow(
                new Position(row.getInt("events_partition"), row.getLong("events_offset")),
                shared(row.getString("booked_on")),
                row.getLong("booked_at"),
                shared(row.getString("company")),
                shared(row.getString("source")),
                row.getString("event_id"),
                shared(row.getString("submission")),
                shared(row.getString("outcome")),
                row.getInt("revision"),
                row.getString("code"),
                row.getString("correction_source"),
                row.getString("correction_id"),
                row.getString("reason"),
                row.getString("auth_id"));
    }

    static String labels(String json) {
        Map<String, String> labels = new HashMap<>();
        JSON.readTree(json)
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString()));
        return LedgerRow.labels(labels);
    }

    /** Names to exact numbers, as texts. */
    static Map<String, String> numbers(String json) {
        Map<String, String> numbers = new TreeMap<>();
        JSON.readTree(json)
                .properties()
                .forEach(one -> numbers.put(
                        one.getKey(), "" + Amount.text(one.getValue().decimalValue())));
        return numbers;
    }

    private static String lines(String json) {
        StringJoiner lines = new StringJoiner("; ");
        for (JsonNode line : JSON.readTree(json)) {
            lines.add(new Rating.Line(
                            line.path("dimension").asString(""),
                            line.path("unit").asString(""),
                            line.path("quantity").decimalValue(),
                            amount(line, "list_unit_price"),
                            amount(line, "unit_price"),
                            amount(line, "multiplier"),
                            amount(line, "list_multiplier"),
                            amount(line, "list_cost"),
                            amount(line, "cost"),
                            text(line, "price_item"),
                            text(line, "price_match"),
                            amount(line, "tier_from"))
                    .text());
        }
        return lines.toString();
    }

    private static @Nullable String vendor(String json) {
        JsonNode vendor = JSON.readTree(json);
        return LedgerRow.vendor(new Usage.Vendor(
                vendor.path("format").asString(""),
                vendor.path("quality").asString("").toUpperCase(Locale.ROOT),
                text(vendor, "remark"),
                amount(vendor, "cost"),
                text(vendor, "usage")));
    }

    private static @Nullable BigDecimal amount(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isNumber() ? value.decimalValue() : null;
    }

    private static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isString() ? value.asString() : null;
    }

    static String array(ResultSet row, String column) throws SQLException {
        return List.of((Object[]) row.getArray(column).getArray()).toString();
    }

    private String shared(String text) {
        if (text.length() > 64) {
            return text;
        }
        if (texts.size() > 100_000) {
            texts.clear();
        }
        String known = texts.putIfAbsent(text, text);
        return known == null ? text : known;
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.close();
    }
}
