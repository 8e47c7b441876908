package io.tollgate.usageapi.audit;

import io.tollgate.usageapi.audit.AuditBody.Actor;
import io.tollgate.usageapi.audit.AuditBody.Item;
import io.tollgate.usageapi.audit.AuditQuestion.Place;
import io.tollgate.usageapi.database.Page;
import io.tollgate.usageapi.database.Snapshots;
import io.tollgate.usageapi.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks PostgreSQL for a page of the audit. */
final class AuditReader {
    private static final String COLUMNS =
            "version, position, at, actor_kind, actor_id, address, request_id, action, kind,"
                    + " entity_id, company, before, after";

    private AuditReader() {}

    static AuditBody read(Connection connection, AuditQuestion question) throws SQLException {
        Instant asOf = Snapshots.time(connection);
        Page<Item> page = Page.read(connection, sql(question), question.limit(), AuditReader::item, Item::place);
        return new AuditBody(page.items(), page.nextCursor(), asOf.toString());
    }

    /** The page, and one more row where there is a next one. */
    static Sql sql(AuditQuestion question) {
        Sql sql = new Sql()
                .append("SELECT " + COLUMNS + " FROM audit_logs WHERE true")
                .equal(question.filters())
                .within("at", question.range());
        if (question.version() != null) {
            sql.append(" AND version = ").bind(question.version());
        }
        Place after = question.after();
        if (after != null) {
            sql.append(" AND (version, position) < (")
                    .bind(after.version())
                    .append(", ")
                    .bind(after.position())
                    .append(")");
        }
        return sql.append(" ORDER BY version DESC, position DESC LIMIT ").bind(question.limit() + 1);
    }

    private static Item item(ResultSet row) throws SQLException {
        return new Item(
                row.getLong("version"),
                row.getInt("position"),
                Page.time(row, "at"),
                new Actor(
                        row.getString("actor_kind"),
                        row.getString("actor_id"),
                        row.getString("address"),
                        row.getString("request_id")),
                row.getString("action"),
                row.getString("kind"),
                row.getString("entity_id"),
                row.getString("company"),
                json(row.getString("before")),
                json(row.getString("after")));
    }

    private static @Nullable JsonNode json(@Nullable String text) {
        return text == null ? null : JsonMapper.shared().readTree(text);
    }
}
