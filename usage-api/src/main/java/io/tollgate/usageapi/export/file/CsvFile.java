package io.tollgate.usageapi.export.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * RFC 4180, with a header. Nothing is an empty cell, an empty text is {@code ""}. A text that a spreadsheet would take for a
 * formula has an apostrophe before it: ids and labels are what somebody sent.
 */
final class CsvFile implements RowWriter {
    /** Tab and the ends of a line too: some programs pass over them and find the formula behind. */
    private static final String BEGINS_A_FORMULA = "=+-@\t\r\n";

    private static final String NEEDS_QUOTES = ",\"\r\n";

    private final OutputStream file;
    private final List<Column> columns;
    private final StringBuilder line = new StringBuilder();

    CsvFile(OutputStream file, List<Column> columns) throws IOException {
        this.file = file;
        this.columns = columns;
        for (Column column : columns) {
            cell(column.name());
        }
        endLine();
    }

    @Override
    public void row(List<@Nullable String> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            String value = cells.get(i);
            cell(value != null && columns.get(i).type() == CellType.TEXT ? harmless(value) : value);
        }
        endLine();
    }

    @Override
    public void end() {
        // Whole after each line.
    }

    private void cell(@Nullable String value) {
        if (value == null) {
            line.append(',');
        } else if (isPlain(value)) {
            line.append(value).append(',');
        } else {
            line.append('"').append(value.replace("\"", "\"\"")).append("\",");
        }
    }

    private void endLine() throws IOException {
        line.setLength(line.length() - 1);
        line.append("\r\n");
        file.write(line.toString().getBytes(StandardCharsets.UTF_8));
        line.setLength(0);
    }

    private static String harmless(String text) {
        return !text.isEmpty() && BEGINS_A_FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (NEEDS_QUOTES.indexOf(value.charAt(i)) >= 0) {
                return false;
            }
        }
        return !value.isEmpty();
    }
}
