package io.tollgate.sink.batch;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes whole rows of one table by {@link TextColumns}. A statement for any number of rows; the first column is the key.
 *
 * @param statement to be run by {@link TextColumns#execute}
 */
public record Upsert(String statement) {

    /** A row gives way to a higher version of itself, in the column {@code version}. */
    public static Upsert newest(String table, String... columns) {
        return new Upsert(insert(table, columns) + update(columns) + " WHERE kept.version < excluded.version");
    }

    /** A row gives way to the one that comes after it. */
    public static Upsert last(String table, String... columns) {
        return new Upsert(insert(table, columns) + update(columns));
    }

    /** What is there stays as it is. */
    public static Upsert first(String table, String... columns) {
        return new Upsert(insert(table, columns) + " ON CONFLICT DO NOTHING");
    }

    /** @param columns name and type, as in the table's definition */
    private static String insert(String table, String... columns) {
        List<String> names = Arrays.stream(columns).map(Upsert::name).toList();
        String casts = Arrays.stream(columns)
                .map(column -> name(column) + "::" + column.substring(column.indexOf(' ') + 1))
                .collect(Collectors.joining(", "));
        String list = String.join(", ", names);
        return "INSERT INTO " + table + " AS kept (" + list + ") SELECT " + casts + " FROM "
                + TextColumns.unnest(columns.length) + " AS rows (" + list + ") ORDER BY " + names.get(0);
    }

    private static String update(String... columns) {
        List<String> changing = Arrays.stream(columns).skip(1).map(Upsert::name).toList();
        return " ON CONFLICT (" + name(columns[0]) + ") DO UPDATE SET (" + String.join(", ", changing) + ") = ("
                + changing.stream().map(column -> "excluded." + column).collect(Collectors.joining(", ")) + ")";
    }

    private static String name(String column) {
        return column.substring(0, column.indexOf(' '));
    }
}
