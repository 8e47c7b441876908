/** Realistic usage, the same from the same seed, in every form that the pipeline knows: JSON, submission, rated row. */
@NullMarked
package io.tollgate.bench.load;

import org.jspecify.annotations.NullMarked;
