package io.tollgate.usageapi.alert;

import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.usageapi.alert.AlertsBody.Item;
import io.tollgate.usageapi.alert.AlertsQuestion.Place;
import io.tollgate.usageapi.database.Page;
import io.tollgate.usageapi.database.Snapshots;
import io.tollgate.usageapi.database.Sql;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks PostgreSQL for a page of alerts. */
final class AlertsReader {
    private static final String COLUMNS = "id, rule, kind, resolved, number, late, company, user_id, auth_id, provider,"
            + " model, quota, metric, currency, threshold, value, used, quota_limit, window_start, window_end, webhooks,"
            + " raised_at";

    private AlertsReader() {}

    static AlertsBody read(Connection connection, AlertsQuestion question) throws SQLException {
        Instant asOf = Snapshots.time(connection);
        Page<Item> page = Page.read(
                connection, sql(question), question.limit(), AlertsReader::item, item -> List.of(item.at(), item.id()));
        return new AlertsBody(page.items(), page.nextCursor(), asOf.toString());
    }

    /** The page, and one more row where there is a next one. */
    static Sql sql(AlertsQuestion question) {
        Sql sql = new Sql()
                .append("SELECT " + COLUMNS + " FROM cost_alerts WHERE true")
                .equal(question.filters())
                .within("raised_at", question.range());
        Place after = question.after();
        if (after != null) {
            sql.append(" AND (raised_at, id) < (")
                    .bind(after.raisedAt().atOffset(ZoneOffset.UTC))
                    .append(", ")
                    .bind(after.id())
                    .append(")");
        }
        return sql.append(" ORDER BY raised_at DESC, id DESC LIMIT ").bind(question.limit() + 1);
    }

    private static Item item(ResultSet row) throws SQLException {
        return new Item(
                row.getString("id"),
                row.getString("rule"),
                row.getString("kind"),
                row.getBoolean("resolved"),
                row.getInt("number"),
                row.getBoolean("late"),
                row.getString("company"),
                row.getString("user_id"),
                row.getString("auth_id"),
                row.getString("provider"),
                row.getString("model"),
                row.getString("quota"),
                row.getString("metric"),
                row.getString("currency"),
                Decimal.of(row.getBigDecimal("threshold")).toString(),
                Decimal.of(row.getBigDecimal("value")).toString(),
                amount(row.getBigDecimal("used")),
                amount(row.getBigDecimal("quota_limit")),
                Page.time(row, "window_start"),
                Page.time(row, "window_end"),
                List.of((String[]) row.getArray("webhooks").getArray()),
                Page.time(row, "raised_at"));
    }

    private static @Nullable String amount(@Nullable BigDecimal value) {
        return value == null ? null : Decimal.of(value).toString();
    }
}
