/** {@code usage.rated} into {@code cost_calculations}, by {@code COPY}. */
@NullMarked
package io.tollgate.sink.ledger;

import org.jspecify.annotations.NullMarked;
