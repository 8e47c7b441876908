/** Bare COPY, and the sink beside it. */
@NullMarked
package io.tollgate.bench.books;

import org.jspecify.annotations.NullMarked;
