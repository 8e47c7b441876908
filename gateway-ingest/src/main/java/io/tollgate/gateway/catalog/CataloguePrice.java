package io.tollgate.gateway.catalog;

import io.tollgate.avro.PriceItem;
import org.jspecify.annotations.Nullable;

/**
 * A price of a catalogue in the book's words, before it has an id and a time of its own.
 *
 * @param item its id is empty and its times are 0 until it is written
 * @param from epoch µs where the catalogue dates it; null: from when the import says
 * @param until epoch µs of the catalogue's next price in its place; null: none is known
 */
record CataloguePrice(String provider, String model, PriceItem item, @Nullable Long from, @Nullable Long until) {}
