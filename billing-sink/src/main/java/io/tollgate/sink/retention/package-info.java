/** Rows past their time in tables that are not partitioned: deleted in batches. */
@NullMarked
package io.tollgate.sink.retention;

import org.jspecify.annotations.NullMarked;
