package io.tollgate.usageapi.export.file;

import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** One JSON object a line, each with every column. Amounts are strings, so that no reader makes binary fractions of them. */
final class NdjsonFile implements RowWriter {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .rootValueSeparator("\n")
            .build();

    private final List<Column> columns;
    private final JsonGenerator line;
    private boolean empty = true;

    NdjsonFile(OutputStream file, List<Column> columns) {
        this.columns = columns;
        this.line = JSON.createGenerator(ObjectWriteContext.empty(), file);
    }

    @Override
    public void row(List<@Nullable String> cells) {
        line.writeStartObject();
        for (int i = 0; i < cells.size(); i++) {
            line.writeName(columns.get(i).name());
            String value = cells.get(i);
            if (value == null) {
                line.writeNull();
            } else {
                value(columns.get(i).type(), value);
            }
        }
        line.writeEndObject();
        empty = false;
    }

    private void value(CellType type, String value) {
        switch (type) {
            case INTEGER -> line.writeNumber(value);
            case TRUTH -> line.writeBoolean(Boolean.parseBoolean(value));
            case JSON -> line.writeRawValue(value);
            case TEXT, DATE, TIME, AMOUNT -> line.writeString(value);
        }
    }

    @Override
    public void end() {
        if (!empty) {
            line.writeRaw('\n');
        }
        line.close();
    }
}
