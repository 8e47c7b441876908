/**
 * PostgreSQL's text formats written by hand into a reused buffer: rows of {@code COPY}, JSON, exact numbers. The hot path of
 * the sink; nothing here knows a table.
 */
@NullMarked
package io.tollgate.sink.text;

import org.jspecify.annotations.NullMarked;
