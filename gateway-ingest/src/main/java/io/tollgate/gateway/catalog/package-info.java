/**
 * Price catalogues that others keep, read into price items, and the price book that comes with Tollgate. What a catalogue's
 * words mean is pure and decided entry by entry: taken, skipped or quarantined, and why; {@link
 * io.tollgate.gateway.catalog.PriceImports} compares the outcome with what is in force and writes the difference.
 */
@NullMarked
package io.tollgate.gateway.catalog;

import org.jspecify.annotations.NullMarked;
