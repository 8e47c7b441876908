/** {@code tollgate periods}: months of usage, and closing one. */
@NullMarked
package io.tollgate.standalone.periods;

import org.jspecify.annotations.NullMarked;
