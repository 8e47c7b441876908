/**
 * One event: its state, what it costs, and how it came to that.
 */
@NullMarked
package io.tollgate.usageapi.event;

import org.jspecify.annotations.NullMarked;
