package io.tollgate.gateway.catalog;

/**
 * A price of writing to the cache without a word on how long it lives. Of Claude it is the documented default of five
 * minutes; where only a sum is reported, of Claude too, that is what it costs. Bedrock's readings split by life for every model.
 */
final class CacheWriteRates {
    private CacheWriteRates() {}

    static void add(Rate rate, ModelPlace place, EntryPrices prices) {
        boolean bySpan = Vendors.isClaude(place.model()) || place.provider().equals("bedrock");
        if (bySpan) {
            prices.add(rate.as("cache_write_5m"));
        }
        prices.add(rate.as("cache_write"));
    }
}
