/** What one more submission does to one event: the state machine of design.md. Pure: a function from values to a value. */
@NullMarked
package io.tollgate.streams.dedupe;

import org.jspecify.annotations.NullMarked;
