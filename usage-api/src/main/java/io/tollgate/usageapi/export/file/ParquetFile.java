package io.tollgate.usageapi.export.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.page.PageWriteStore;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Parquet, by the parts of its library that encode columns and describe files; those that write them need Hadoop. A row
 * group is as much as is held.
 */
final class ParquetFile implements RowWriter {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final long GROUP_BYTES = 8 << 20;
    private static final int GROUP_ROWS = 50_000;
    private static final int LOOK_EVERY = 1_000;
    private static final ParquetProperties PROPERTIES = ParquetProperties.builder()
            .withPageSize(256 << 10)
            .withDictionaryPageSize(128 << 10)
            .withStatisticsEnabled(false)
            .withSizeStatisticsEnabled(false)
            .build();

    private final OutputStream file;
    private final List<ParquetColumn> columns = new ArrayList<>();
    private final MessageType schema;
    private final List<RowGroup> groups = new ArrayList<>();
    private long written = MAGIC.length;
    private long rows;
    private int groupRows;
    private @Nullable Group group;

    ParquetFile(OutputStream file, List<Column> columns) throws IOException {
        this.file = file;
        for (int cell = 0; cell < columns.size(); cell++) {
            this.columns.addAll(ParquetColumn.of(cell, columns.get(cell)));
        }
        List<Type> types = new ArrayList<>();
        this.columns.forEach(column -> types.add(column.primitive()));
        this.schema = new MessageType("usage", types);
        file.write(MAGIC);
    }

    /** Rows that are not in the file yet. */
    private final class Group implements PageWriteStore {
        private final Map<String, ParquetPages> pages = new LinkedHashMap<>();
        private final ColumnWriteStore store;

        Group() {
            columns.forEach(column -> pages.put(column.name(), new ParquetPages(column)));
            if (pages.size() != columns.size()) {
                throw new IllegalStateException("two columns of one name: " + columns);
            }
            store = PROPERTIES.newColumnWriteStore(schema, this);
        }

        @Override
        public ParquetPages getPageWriter(org.apache.parquet.column.ColumnDescriptor column) {
            return Objects.requireNonNull(pages.get(column.getPath()[0]));
        }
    }

    @Override
    public void row(List<@Nullable String> cells) throws IOException {
        Group current = group;
        if (current == null) {
            current = new Group();
            group = current;
        }
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i)
                    .write(
                            cells,
                            current.store.getColumnWriter(schema.getColumns().get(i)));
        }
        current.store.endRecord();
        groupRows++;
        boolean full = groupRows % LOOK_EVERY == 0 && current.store.getBufferedSize() >= GROUP_BYTES;
        if (full || groupRows >= GROUP_ROWS) {
            endGroup(current);
        }
    }

    private void endGroup(Group ended) throws IOException {
        ended.store.flush();
        List<ColumnChunk> chunks = new ArrayList<>();
        long unpacked = 0;
        for (ParquetPages pages : ended.pages.values()) {
            ColumnChunk chunk = pages.writeTo(file, written);
            written += pages.size();
            unpacked += chunk.getMeta_data().getTotal_uncompressed_size();
            chunks.add(chunk);
        }
        ended.store.close();
        groups.add(new RowGroup(chunks, unpacked, groupRows));
        rows += groupRows;
        groupRows = 0;
        group = null;
    }

    @Override
    public void end() throws IOException {
        if (group != null) {
            endGroup(group);
        }
        List<SchemaElement> elements = new ArrayList<>();
        elements.add(new SchemaElement("usage").setNum_children(columns.size()));
        columns.forEach(column -> elements.add(column.described()));
        ByteArrayOutputStream footer = new ByteArrayOutputStream();
        Util.writeFileMetaData(new FileMetaData(1, elements, rows, groups).setCreated_by("tollgate version 1"), footer);
        footer.writeTo(file);
        file.write(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(footer.size())
                .array());
        file.write(MAGIC);
    }
}
