package io.tollgate.usageapi.export;

import io.tollgate.usageapi.database.Sql;
import io.tollgate.usageapi.export.FocusCharge.Line;
import io.tollgate.usageapi.export.FocusCharge.Sku;
import io.tollgate.usageapi.export.file.RowWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The lines of the ledger's rows, summed up by everything that FOCUS tells apart. What is unpriced has no row: its cost is not
 * known, and FOCUS has no word for that. A ledger row without lines that costs something is a charge of its own.
 */
final class FocusRows implements ExportRows {
    /**
     * A list price counts where the whole ledger row has a list cost. A free line has no price: what it costs, none, is one of 0.
     */
    private static final String LINES =
            "SELECT (event_time AT TIME ZONE 'UTC')::date AS day, adjustment, company, user_id,"
                    + " auth_id, provider, model, service_tier, region, variant, labels, billed.currency, line.dimension, line.unit,"
                    + " line.tier_from, CASE WHEN line.dimension IS NOT NULL"
                    + " THEN coalesce(line.unit_price * coalesce(line.multiplier, 1), 0) END AS unit_price,"
                    + " CASE WHEN line.dimension IS NOT NULL AND billed.list_cost IS NOT NULL"
                    + " THEN coalesce(line.list_unit_price * coalesce(line.list_multiplier, 1), 0) END AS list_unit_price,"
                    + " line.quantity, CASE WHEN line.dimension IS NULL THEN billed.cost ELSE line.cost END AS cost,"
                    + " billed.list_cost IS NOT NULL AS listed,"
                    + " CASE WHEN billed.list_cost IS NOT NULL"
                    + " THEN CASE WHEN line.dimension IS NULL THEN billed.list_cost ELSE line.list_cost END END AS list_cost";

    private static final String OF_LINES =
            " LEFT JOIN LATERAL jsonb_to_recordset(lines) AS line (dimension text, unit text,"
                    + " quantity numeric, tier_from numeric, unit_price numeric, multiplier numeric, cost numeric,"
                    + " list_unit_price numeric, list_multiplier numeric, list_cost numeric) ON true";

    private static final List<String> NUMBERS = List.of("tier_from", "unit_price", "list_unit_price");

    /** By these the lines are told apart, and sorted: by bytes, whatever the database's language is. */
    private static final List<String> KEYS = List.of(
            "day",
            "adjustment",
            "company",
            "user_id",
            "auth_id",
            "provider",
            "model",
            "service_tier",
            "region",
            "variant",
            "dimension",
            "unit",
            "currency",
            "listed",
            "tier_from",
            "unit_price",
            "list_unit_price",
            "labels");

    private static final List<String> BY_THEMSELVES = List.of("day", "adjustment", "listed");

    private final Profile version;
    private final String invoiceIssuer;

    FocusRows(Profile version, String invoiceIssuer) {
        this.version = version;
        this.invoiceIssuer = invoiceIssuer;
    }

    @Override
    public void write(Connection connection, Selection selection, RowWriter file) throws SQLException, IOException {
        YearMonth billed = selection.part().month();
        try (PreparedStatement statement = sql(selection).prepare(connection);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                file.row(FocusColumns.cells(version, charge(row, billed), invoiceIssuer));
            }
        }
    }

    private static Sql sql(Selection selection) {
        return new Sql()
                .append("SELECT " + String.join(", ", KEYS))
                .append(
                        ", sum(quantity) AS quantity, sum(cost) AS cost, sum(list_cost) AS list_cost, count(*) AS rows FROM (")
                .append(LINES)
                // The lateral join is of the selection's own alias, before its condition.
                .append(selection.from(OF_LINES))
                .append(" AND billed.cost IS NOT NULL")
                .append(
                        " AND (line.dimension IS NOT NULL OR billed.cost <> 0 OR billed.list_cost <> 0)) charges GROUP BY ")
                .append(String.join(", ", KEYS))
                .append(" ORDER BY ")
                .append(KEYS.stream().map(FocusRows::sorted).collect(Collectors.joining(", ")));
    }

    private static String sorted(String key) {
        if (BY_THEMSELVES.contains(key) || NUMBERS.contains(key)) {
            return key;
        }
        return key + "::text COLLATE \"C\"";
    }

    private static FocusCharge charge(ResultSet row, YearMonth billed) throws SQLException {
        String dimension = row.getString("dimension");
        BigDecimal listUnitPrice = row.getBigDecimal("list_unit_price");
        Line line = dimension == null
                ? null
                : new Line(
                        dimension,
                        row.getString("unit"),
                        row.getBigDecimal("quantity"),
                        row.getBigDecimal("tier_from"),
                        row.getBigDecimal("unit_price"),
                        listUnitPrice);
        return new FocusCharge(
                row.getObject("day", LocalDate.class),
                billed,
                row.getBoolean("adjustment"),
                row.getString("company"),
                row.getString("user_id"),
                row.getString("auth_id"),
                new Sku(
                        row.getString("provider"),
                        row.getString("model"),
                        row.getString("service_tier"),
                        row.getString("region"),
                        row.getString("variant")),
                row.getString("labels"),
                row.getString("currency"),
                line,
                row.getBigDecimal("cost"),
                row.getBigDecimal("list_cost"),
                row.getLong("rows"));
    }
}
