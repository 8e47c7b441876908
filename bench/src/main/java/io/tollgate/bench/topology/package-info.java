/** Streams from source to sink, and the metering topology beside it. */
@NullMarked
package io.tollgate.bench.topology;

import org.jspecify.annotations.NullMarked;
