package io.tollgate.usageapi.export;

import io.tollgate.usageapi.export.file.RowWriter;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** Turns rows of the ledger into rows of a file, one after the other and always in the same order. */
interface ExportRows {
    void write(Connection connection, Selection selection, RowWriter file) throws SQLException, IOException;
}
