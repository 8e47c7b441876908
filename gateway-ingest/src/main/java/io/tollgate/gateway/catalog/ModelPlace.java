package io.tollgate.gateway.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Where an entry's prices belong in the book.
 *
 * @param region only calls of this region; null: any
 * @param variant only this size and quality, {@code hd/1024x1792}; null: any
 */
record ModelPlace(String provider, String model, @Nullable String region, @Nullable String variant) {}
