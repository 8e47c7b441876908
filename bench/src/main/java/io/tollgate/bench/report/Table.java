package io.tollgate.bench.report;

import java.util.ArrayList;
import java.util.List;

/** A Markdown table that can be read as it is: columns are as wide as their widest cell. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... heads) {
        rows.add(List.of(heads));
    }

    void row(String... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException(
                    cells.length + " cells in a table of " + rows.get(0).size());
        }
        rows.add(List.of(cells));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < rows.get(0).size(); column++) {
                String cell = rows.get(row).get(column);
                text.append("| ").append(cell).append(" ".repeat(width(column) - cell.length() + 1));
            }
            text.append("|\n");
            if (row == 0) {
                for (int column = 0; column < rows.get(0).size(); column++) {
                    text.append('|').append("-".repeat(width(column) + 2));
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElseThrow();
    }
}
