package io.tollgate.usageapi.export.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.statistics.geospatial.GeospatialStatistics;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/** The pages of one column in one row group, packed, until all columns of the group are written. */
final class ParquetPages implements PageWriter {
    private final ParquetColumn column;
    private final ByteArrayOutputStream dictionary = new ByteArrayOutputStream();
    private final ByteArrayOutputStream pages = new ByteArrayOutputStream();
    private final Set<Encoding> encodings = EnumSet.noneOf(Encoding.class);
    private long values;
    private long unpacked;

    ParquetPages(ParquetColumn column) {
        this.column = column;
    }

    @Override
    public void writePage(
            BytesInput bytes,
            int count,
            int rows,
            Statistics<?> statistics,
            SizeStatistics sizes,
            GeospatialStatistics shapes,
            Encoding repetition,
            Encoding definition,
            Encoding value)
            throws IOException {
        writePage(bytes, count, rows, statistics, repetition, definition, value);
    }

    @Override
    public void writePage(
            BytesInput bytes,
            int count,
            int rows,
            Statistics<?> unused,
            Encoding repetition,
            Encoding definition,
            Encoding value)
            throws IOException {
        byte[] packed = gzip(bytes);
        PageHeader header = new PageHeader(PageType.DATA_PAGE, Math.toIntExact(bytes.size()), packed.length);
        header.setData_page_header(new DataPageHeader(count, told(value), told(definition), told(repetition)));
        append(pages, header, bytes.size(), packed);
        values += count;
        encodings.addAll(List.of(repetition, definition, value));
    }

    @Override
    @Deprecated
    public void writePage(
            BytesInput bytes, int count, Statistics<?> unused, Encoding repetition, Encoding definition, Encoding value)
            throws IOException {
        writePage(bytes, count, count, unused, repetition, definition, value);
    }

    @Override
    public void writePageV2(
            int rows,
            int nulls,
            int count,
            BytesInput repetition,
            BytesInput definition,
            Encoding encoding,
            BytesInput data,
            Statistics<?> statistics) {
        throw new UnsupportedOperationException("files are written in version 1");
    }

    @Override
    public void writeDictionaryPage(DictionaryPage page) throws IOException {
        BytesInput bytes = page.getBytes();
        byte[] packed = gzip(bytes);
        PageHeader header = new PageHeader(PageType.DICTIONARY_PAGE, Math.toIntExact(bytes.size()), packed.length);
        header.setDictionary_page_header(new DictionaryPageHeader(page.getDictionarySize(), told(page.getEncoding())));
        append(dictionary, header, bytes.size(), packed);
        encodings.add(page.getEncoding());
    }

    /** Writes them behind what the file holds, and says where they are. */
    ColumnChunk writeTo(OutputStream file, long offset) throws IOException {
        dictionary.writeTo(file);
        pages.writeTo(file);
        ColumnMetaData described = new ColumnMetaData(
                column.described().getType(),
                encodings.stream().map(ParquetPages::told).toList(),
                List.of(column.name()),
                CompressionCodec.GZIP,
                values,
                unpacked,
                size(),
                offset + dictionary.size());
        if (dictionary.size() > 0) {
            described.setDictionary_page_offset(offset);
        }
        return new ColumnChunk(offset).setMeta_data(described);
    }

    int size() {
        return dictionary.size() + pages.size();
    }

    @Override
    public long getMemSize() {
        return size();
    }

    @Override
    public long allocatedSize() {
        return size();
    }

    @Override
    public String memUsageString(String prefix) {
        return prefix + " " + column.name() + " " + size() + " bytes";
    }

    private void append(ByteArrayOutputStream to, PageHeader header, long size, byte[] packed) throws IOException {
        int before = to.size();
        Util.writePageHeader(header, to);
        unpacked += to.size() - before + size;
        to.write(packed);
    }

    private static byte[] gzip(BytesInput bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            bytes.writeAllTo(gzip);
        }
        return packed.toByteArray();
    }

    private static org.apache.parquet.format.Encoding told(Encoding encoding) {
        return org.apache.parquet.format.Encoding.valueOf(encoding.name());
    }
}
