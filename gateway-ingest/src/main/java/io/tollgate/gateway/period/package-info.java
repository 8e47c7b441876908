/** Months of usage that are closed for good: which is, which may be, and closing on its own. */
@NullMarked
package io.tollgate.gateway.period;

import org.jspecify.annotations.NullMarked;
