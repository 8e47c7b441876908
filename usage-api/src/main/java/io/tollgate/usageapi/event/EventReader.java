package io.tollgate.usageapi.event;

import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.usageapi.database.Sql;
import io.tollgate.usageapi.dead.EventLetter;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds what the books hold on one event, by its hash. */
@Component
final class EventReader {
    /** An event has a handful; a client that corrects one without end must not make an answer without end. */
    private static final int MAX_ROWS = 1_000;

    private final LineItems lineItems;

    EventReader(LineItems lineItems) {
        this.lineItems = lineItems;
    }

    /** @param tellsWho whether it is for an administrator */
    EventRecords read(Connection connection, String company, String source, String id, boolean tellsWho)
            throws SQLException {
        UUID hash = uuid(EventHash.of(company, source, id));
        List<LedgerRow> ledger = ledger(connection, hash, company);
        return new EventRecords(
                ledger,
                outcomes(connection, hash, company),
                count(connection, hash, company, "duplicate"),
                count(connection, hash, company, "conflict"),
                EventLetter.of(connection, company, source, id, tellsWho));
    }

    static UUID uuid(byte[] hash) {
        ByteBuffer bytes = ByteBuffer.wrap(hash);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    private List<LedgerRow> ledger(Connection connection, UUID hash, String company) throws SQLException {
        Sql sql = new Sql()
                .append("SELECT sequence, kind, cause, corrects, reason, revision, state, code, booked_at, event_time,")
                .append(
                        " provider, model, request_model, service_tier, region, variant, speed, user_id, cost, list_cost,")
                .append(" currency, price_version, lines, vendor")
                .append(" FROM cost_calculations WHERE event_hash = ")
                .bind(hash)
                .append(" AND company = ")
                .bind(company)
                .append(" ORDER BY sequence LIMIT ")
                .bind(MAX_ROWS);
        List<LedgerRow> rows = new ArrayList<>();
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                rows.add(new LedgerRow(
                        found.getInt("sequence"),
                        found.getString("kind"),
                        found.getString("cause"),
                        found.getObject("corrects", Integer.class),
                        found.getString("reason"),
                        found.getInt("revision"),
                        found.getString("state"),
                        found.getString("code"),
                        time(found, "booked_at"),
                        time(found, "event_time"),
                        found.getString("provider"),
                        found.getString("model"),
                        new LedgerRow.Variety(
                                found.getString("request_model"),
                                found.getString("service_tier"),
                                found.getString("region"),
                                found.getString("variant"),
                                found.getString("speed")),
                        found.getString("user_id"),
                        decimal(found, "cost"),
                        decimal(found, "list_cost"),
                        found.getString("currency"),
                        found.getObject("price_version", Long.class),
                        lineItems.parse(found.getString("lines")),
                        lineItems.vendor(found.getString("vendor"))));
            }
        }
        return rows;
    }

    private static List<OutcomeRow> outcomes(Connection connection, UUID hash, String company) throws SQLException {
        Sql sql = new Sql()
                .append("SELECT booked_at, submission, outcome, revision, code, detail, reason, correction_source,")
                .append(" correction_id FROM event_outcomes WHERE event_hash = ")
                .bind(hash)
                .append(" AND company = ")
                .bind(company)
                .append(" AND outcome NOT IN ('duplicate', 'conflict')")
                .append(" ORDER BY booked_at, events_offset LIMIT ")
                .bind(MAX_ROWS);
        List<OutcomeRow> rows = new ArrayList<>();
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                rows.add(new OutcomeRow(
                        time(found, "booked_at"),
                        found.getString("submission"),
                        found.getString("outcome"),
                        found.getInt("revision"),
                        found.getString("code"),
                        found.getString("detail"),
                        found.getString("reason"),
                        found.getString("correction_source"),
                        found.getString("correction_id")));
            }
        }
        return rows;
    }

    private static long count(Connection connection, UUID hash, String company, String outcome) throws SQLException {
        Sql sql = new Sql()
                .append("SELECT count(*) FROM event_outcomes WHERE event_hash = ")
                .bind(hash)
                .append(" AND company = ")
                .bind(company)
                .append(" AND outcome = ")
                .bind(outcome);
        return number(connection, sql);
    }

    private static long number(Connection connection, Sql sql) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet found = statement.executeQuery()) {
            found.next();
            return found.getLong(1);
        }
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Decimal decimal(ResultSet row, String column) throws SQLException {
        BigDecimal value = row.getBigDecimal(column);
        return value == null ? null : Decimal.of(value);
    }
}
