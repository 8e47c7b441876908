/** Exact decimals: money, prices and quantities, from JSON to {@code NUMERIC} without a float on the way. */
@NullMarked
package io.tollgate.schemas.decimal;

import org.jspecify.annotations.NullMarked;
