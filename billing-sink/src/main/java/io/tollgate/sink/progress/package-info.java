/**
 * How far each topic has been written, kept where the rows are. Moving it in the rows' own transaction, by
 * compare-and-set, is what writes every record's effect exactly once.
 */
@NullMarked
package io.tollgate.sink.progress;

import org.jspecify.annotations.NullMarked;
