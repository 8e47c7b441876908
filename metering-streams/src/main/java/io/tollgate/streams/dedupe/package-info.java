/** What one more submission does to one event: the table in docs/architecture.md. Pure: a function from values to a value. */
@NullMarked
package io.tollgate.streams.dedupe;

import org.jspecify.annotations.NullMarked;
