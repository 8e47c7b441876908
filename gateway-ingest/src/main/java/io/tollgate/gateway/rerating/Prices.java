package io.tollgate.gateway.rerating;

import io.tollgate.avro.Usage;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.pricing.PriceBook;
import io.tollgate.pricing.Rating;

/** The price book that events are to cost by. */
@FunctionalInterface
interface Prices {
    Rating rate(String company, Usage usage);

    /** The book of now, which later changes leave as it is. */
    static Prices of(Backbone backbone) {
        PriceBook book = new PriceBook();
        backbone.prices().values().forEach(book::put);
        return book::rate;
    }
}
