/**
 * Rows as files: CSV, NDJSON and Parquet, written row by row as they come. The same rows are the same bytes.
 */
@NullMarked
package io.tollgate.usageapi.export.file;

import org.jspecify.annotations.NullMarked;
