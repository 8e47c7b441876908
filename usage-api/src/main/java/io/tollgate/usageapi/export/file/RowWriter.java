package io.tollgate.usageapi.export.file;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows into a file. Holds no more of them than a block. */
public interface RowWriter {

    /** A row, with a cell for each column. */
    void row(List<@Nullable String> cells) throws IOException;

    /** Writes what a file ends with. Without it the file is not whole. */
    void end() throws IOException;
}
