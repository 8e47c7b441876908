package io.tollgate.usageapi.dead;

import io.tollgate.usageapi.database.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the original lies, {@code usage.inbox-3-17}: the dead letter's id. */
record DeadLetterId(String topic, int partition, long offset) {
    private static final Pattern TEXT = Pattern.compile("(.+)-(\\d{1,9})-(\\d{1,18})");

    /** Null where it is none. */
    static @Nullable DeadLetterId parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches() && text.indexOf('\0') < 0
                ? new DeadLetterId(parts.group(1), Integer.parseInt(parts.group(2)), Long.parseLong(parts.group(3)))
                : null;
    }

    /** Of a row that has the columns. */
    static DeadLetterId of(ResultSet row) throws SQLException {
        return new DeadLetterId(
                row.getString("origin_topic"), row.getInt("origin_partition"), row.getLong("origin_offset"));
    }

    /** Appends that a row is this one's. */
    Sql find(Sql sql) {
        return sql.append("origin_topic = ")
                .bind(topic)
                .append(" AND origin_partition = ")
                .bind(partition)
                .append(" AND origin_offset = ")
                .bind(offset);
    }

    @Override
    public String toString() {
        return topic + "-" + partition + "-" + offset;
    }
}
