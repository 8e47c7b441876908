package io.tollgate.usageapi.export.file;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** What kind of file an export is. */
public enum FileFormat {
    CSV("csv", "text/csv;charset=UTF-8"),
    NDJSON("ndjson", "application/x-ndjson"),
    PARQUET("parquet", "application/vnd.apache.parquet");

    private final String word;
    private final String mediaType;

    FileFormat(String word, String mediaType) {
        this.word = word;
        this.mediaType = mediaType;
    }

    /** As in a query, and behind the point of a file's name. */
    public String word() {
        return word;
    }

    public String mediaType() {
        return mediaType;
    }

    /** Parquet packs its blocks itself. */
    public boolean mayBeGzipped() {
        return this != PARQUET;
    }

    /** Begins a file. The stream stays the caller's. */
    public RowWriter open(OutputStream file, List<Column> columns) throws IOException {
        return switch (this) {
            case CSV -> new CsvFile(file, columns);
            case NDJSON -> new NdjsonFile(file, columns);
            case PARQUET -> new ParquetFile(file, columns);
        };
    }
}
