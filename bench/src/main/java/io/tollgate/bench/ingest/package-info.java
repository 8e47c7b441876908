/** A plain producer, and the gateway beside it. */
@NullMarked
package io.tollgate.bench.ingest;

import org.jspecify.annotations.NullMarked;
