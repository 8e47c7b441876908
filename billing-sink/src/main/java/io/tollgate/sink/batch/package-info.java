/**
 * A batch of records on its way into the books: read, written by its topic's {@link io.tollgate.sink.batch.TopicWriter}, and
 * where the database refuses a row, split until that row is found and dead-lettered.
 */
@NullMarked
package io.tollgate.sink.batch;

import org.jspecify.annotations.NullMarked;
