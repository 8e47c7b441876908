/** The topology: re-key, dedupe, rate, total. Start reading at {@link io.tollgate.streams.MeteringTopology}. */
@NullMarked
package io.tollgate.streams;

import org.jspecify.annotations.NullMarked;
