package io.tollgate.standalone.client;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Rows in columns as wide as their widest cell; columns that are empty in every row are left out. */
public final class TextTable {
    private final List<String> titles;
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(String... titles) {
        this.titles = List.of(titles);
    }

    /**
     * Prints a table of records, a row each.
     *
     * @param columns pointers to what of a record is shown; their last parts are the titles
     */
    public static void of(JsonNode items, List<String> columns, PrintWriter out) {
        if (items.isEmpty()) {
            out.println("there are none");
            return;
        }
        TextTable table = new TextTable(columns.stream()
                .map(column -> column.substring(1).replace("scope/", "").replace('/', ' '))
                .toArray(String[]::new));
        for (JsonNode item : items) {
            table.add(columns.stream().map(column -> cell(item.at(column))).toArray(String[]::new));
        }
        table.print(out);
    }

    private static String cell(JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().map(JsonNode::asString).collect(Collectors.joining(","));
        }
        if (value.isObject()) {
            return value.propertyStream()
                    .map(member -> member.getKey() + "=" + member.getValue().asString(""))
                    .collect(Collectors.joining(","));
        }
        return value.asString("");
    }

    public void add(String... cells) {
        rows.add(List.of(cells));
    }

    public void print(PrintWriter out) {
        List<Integer> shown = new ArrayList<>();
        for (int i = 0; i < titles.size(); i++) {
            int column = i;
            if (rows.stream().anyMatch(row -> !row.get(column).isEmpty())) {
                shown.add(i);
            }
        }
        line(titles, shown, out);
        rows.forEach(row -> line(row, shown, out));
    }

    private void line(List<String> cells, List<Integer> shown, PrintWriter out) {
        StringBuilder line = new StringBuilder();
        for (int column : shown) {
            line.append(cells.get(column))
                    .append(" ".repeat(width(column) - cells.get(column).length() + 2));
        }
        out.println(line.toString().stripTrailing());
    }

    private int width(int column) {
        int width = titles.get(column).length();
        for (List<String> row : rows) {
            width = Math.max(width, row.get(column).length());
        }
        return width;
    }
}
