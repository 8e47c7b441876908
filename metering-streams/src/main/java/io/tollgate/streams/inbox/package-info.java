/** The stage that brings {@code usage.inbox} under the event's key. */
@NullMarked
package io.tollgate.streams.inbox;

import org.jspecify.annotations.NullMarked;
