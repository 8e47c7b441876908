package io.tollgate.usageapi.key;

import io.tollgate.usageapi.database.Page;
import io.tollgate.usageapi.database.Snapshots;
import io.tollgate.usageapi.database.Sql;
import io.tollgate.usageapi.key.KeysBody.Item;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks PostgreSQL for a page of keys. */
final class KeysReader {
    /** As a caller with the key is told, the first that applies. */
    private static final String STATE =
            "CASE WHEN revoked_at <= now() THEN 'revoked' WHEN expires_at <= now() THEN 'expired'"
                    + " WHEN blocked THEN 'blocked' ELSE 'active' END AS state";

    private static final String COLUMNS =
            "id, company, user_id, name, prefix, scopes, models, labels, metadata, expires_at,"
                    + " blocked, revoked_at, created_at, updated_at, last_used_at, usage_count";

    private KeysReader() {}

    static KeysBody read(Connection connection, KeysQuestion question) throws SQLException {
        Instant asOf = Snapshots.time(connection);
        Page<Item> page = Page.read(
                connection, sql(question), question.page().limit(), KeysReader::item, item -> List.of(item.id()));
        return new KeysBody(page.items(), page.nextCursor(), asOf.toString());
    }

    /** The page, and one more row where there is a next one. */
    static Sql sql(KeysQuestion question) {
        Sql sql = new Sql()
                .append("SELECT * FROM (SELECT " + COLUMNS + ", " + STATE + " FROM api_keys) keys WHERE true")
                .equal(question.filters());
        if (question.prefix() != null) {
            sql.append(" AND starts_with(prefix, ").bind(question.prefix()).append(")");
        }
        List<String> after = question.page().after();
        if (!after.isEmpty()) {
            sql.append(" AND id > ").bind(after.get(0));
        }
        return sql.append(" ORDER BY id LIMIT ").bind(question.page().limit() + 1);
    }

    private static Item item(ResultSet row) throws SQLException {
        return new Item(
                row.getString("id"),
                row.getString("company"),
                row.getString("user_id"),
                row.getString("name"),
                row.getString("prefix"),
                row.getString("state"),
                texts(row, "scopes"),
                texts(row, "models"),
                json(row.getString("labels")),
                json(row.getString("metadata")),
                Page.timeOrNull(row, "expires_at"),
                row.getBoolean("blocked"),
                Page.timeOrNull(row, "revoked_at"),
                Page.time(row, "created_at"),
                Page.time(row, "updated_at"),
                Page.timeOrNull(row, "last_used_at"),
                row.getString("usage_count"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
