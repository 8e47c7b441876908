/** {@code usage.outcomes} into {@code event_outcomes}: one row per submission, pending until it is decided. */
@NullMarked
package io.tollgate.sink.outcome;

import org.jspecify.annotations.NullMarked;
