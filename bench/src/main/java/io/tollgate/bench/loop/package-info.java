/**
 * The inner loops, each on its own in one thread, by JMH: time and allocation of one pass. Run with
 * {@code ./bench/run loops}.
 */
@NullMarked
package io.tollgate.bench.loop;

import org.jspecify.annotations.NullMarked;
