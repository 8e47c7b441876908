package io.tollgate.usageapi.export.file;

import io.tollgate.usageapi.stats.Csv;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link Csv}, a line at a time. Of its texts those of type {@link CellType#TEXT} are what somebody sent. */
final class CsvFile implements RowWriter {
    private final OutputStream file;
    private final List<Column> columns;
    private final StringBuilder line = new StringBuilder();

    CsvFile(OutputStream file, List<Column> columns) throws IOException {
        this.file = file;
        this.columns = columns;
        write(columns.stream().map(Column::name).toList());
    }

    @Override
    public void row(List<@Nullable String> cells) throws IOException {
        List<@Nullable String> safe = new ArrayList<>(cells.size());
        for (int i = 0; i < cells.size(); i++) {
            String value = cells.get(i);
            safe.add(columns.get(i).type() == CellType.TEXT ? Csv.harmless(value) : value);
        }
        write(safe);
    }

    @Override
    public void end() {
        // Whole after each line.
    }

    private void write(List<@Nullable String> cells) throws IOException {
        line.setLength(0);
        Csv.append(line, cells);
        file.write(line.toString().getBytes(StandardCharsets.UTF_8));
    }
}
