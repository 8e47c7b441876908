package io.tollgate.usageapi.export;

import io.tollgate.usageapi.database.Sql;
import io.tollgate.usageapi.export.file.CellType;
import io.tollgate.usageapi.export.file.Column;
import io.tollgate.usageapi.export.file.RowWriter;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One row for each of the ledger, in the project's own words. */
final class NativeRows implements ExportRows {
    /** Where a row's submission lies, and which of its rows it is: no two rows have the same. */
    private static final String ORDER = " ORDER BY billing_day, events_partition, events_offset, sequence, event_hash";

    /** A column, and what it is of the ledger, as text. */
    private record Field(Column column, String sql) {}

    private static final List<Field> FIELDS = List.of(
            field("billing_day", CellType.DATE, "billing_day::text"),
            field("billing_period", CellType.TEXT, "to_char(billing_day, 'YYYY-MM')"),
            field("adjustment", CellType.TRUTH, "adjustment::text"),
            orNull(
                    "original_period",
                    CellType.TEXT,
                    "CASE WHEN adjustment THEN to_char(event_time AT TIME ZONE 'UTC', 'YYYY-MM') END"),
            field("company", CellType.TEXT, "company"),
            field("source", CellType.TEXT, "source"),
            field("id", CellType.TEXT, "event_id"),
            field("event_hash", CellType.TEXT, "event_hash::text"),
            field("sequence", CellType.INTEGER, "sequence::text"),
            field("kind", CellType.TEXT, "kind"),
            field("cause", CellType.TEXT, "cause"),
            orNull("corrects", CellType.INTEGER, "corrects::text"),
            orNull("reason", CellType.TEXT, "reason"),
            field("revision", CellType.INTEGER, "revision::text"),
            field("state", CellType.TEXT, "state"),
            orNull("code", CellType.TEXT, "code"),
            field("requests", CellType.INTEGER, "requests::text"),
            field("event_time", CellType.TIME, time("event_time")),
            field("booked_at", CellType.TIME, time("booked_at")),
            field("events_partition", CellType.INTEGER, "events_partition::text"),
            field("events_offset", CellType.INTEGER, "events_offset::text"),
            orNull("user", CellType.TEXT, "user_id"),
            orNull("auth_id", CellType.TEXT, "auth_id"),
            field("provider", CellType.TEXT, "provider"),
            field("model", CellType.TEXT, "model"),
            orNull("request_model", CellType.TEXT, "request_model"),
            orNull("operation", CellType.TEXT, "operation"),
            orNull("request_id", CellType.TEXT, "request_id"),
            orNull("service_tier", CellType.TEXT, "service_tier"),
            orNull("region", CellType.TEXT, "region"),
            orNull("variant", CellType.TEXT, "variant"),
            orNull("speed", CellType.TEXT, "speed"),
            orNull("reservation", CellType.TEXT, "reservation"),
            orNull("status", CellType.INTEGER, "status::text"),
            orNull("latency_ms", CellType.INTEGER, "latency_ms::text"),
            field("billable", CellType.TRUTH, "billable::text"),
            field("labels", CellType.JSON, "labels::text"),
            field("lines", CellType.JSON, "lines::text"),
            field("tokens", CellType.AMOUNT, amount("tokens")),
            orNull("cost", CellType.AMOUNT, amount("cost")),
            orNull("list_cost", CellType.AMOUNT, amount("list_cost")),
            orNull("currency", CellType.TEXT, "currency"),
            orNull("price_version", CellType.INTEGER, "price_version::text"),
            orNull("vendor", CellType.JSON, "vendor::text"),
            orNull("over_quotas", CellType.JSON, "to_jsonb(over_quotas)::text"),
            field("reduced", CellType.TRUTH, "reduced::text"));

    static final List<Column> COLUMNS = FIELDS.stream().map(Field::column).toList();

    private static final String SELECT =
            "SELECT " + FIELDS.stream().map(Field::sql).collect(Collectors.joining(", "));

    @Override
    public void write(Connection connection, Selection selection, RowWriter file) throws SQLException, IOException {
        // Sorted before it is made text, so that what is sorted is small.
        Sql sql = new Sql()
                .append(SELECT)
                .append(" FROM (SELECT *")
                .append(selection.from())
                .append(ORDER)
                .append(") sorted");
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                file.row(cells(row));
            }
        }
    }

    private static List<@Nullable String> cells(ResultSet row) throws SQLException {
        List<@Nullable String> cells = new ArrayList<>(FIELDS.size());
        for (int i = 0; i < FIELDS.size(); i++) {
            String value = row.getString(i + 1);
            cells.add(FIELDS.get(i).column.type() == CellType.JSON ? ExactJson.of(value) : value);
        }
        return cells;
    }

    private static Field field(String name, CellType type, String sql) {
        return new Field(Column.of(name, type), sql);
    }

    private static Field orNull(String name, CellType type, String sql) {
        return new Field(Column.orNull(name, type), sql);
    }

    static String time(String column) {
        return "to_char(" + column + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
    }

    /** Numbers never have an exponent in PostgreSQL's text. */
    static String amount(String column) {
        return "trim_scale(" + column + ")::text";
    }
}
