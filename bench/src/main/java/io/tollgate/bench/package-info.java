/**
 * What the machine can do and what Tollgate does on it, in one run. Start reading at {@link io.tollgate.bench.Bench}; a
 * {@link io.tollgate.bench.Comparison} is a limit and what is held against it.
 */
@NullMarked
package io.tollgate.bench;

import org.jspecify.annotations.NullMarked;
