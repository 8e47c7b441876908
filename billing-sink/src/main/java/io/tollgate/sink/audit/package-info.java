/** Who changed what: {@code audit.log}. */
@NullMarked
package io.tollgate.sink.audit;

import org.jspecify.annotations.NullMarked;
