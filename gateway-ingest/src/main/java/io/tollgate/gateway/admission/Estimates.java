package io.tollgate.gateway.admission;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.Usage;
import io.tollgate.pricing.PriceBook;
import io.tollgate.pricing.Rating;
import io.tollgate.quota.Estimate;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Prices what is asked for as if it were an event of now: by the same book and the same rules as the topology. */
final class Estimates {
    private final boolean admitsUnpriced;

    /** @param admitsUnpriced whether what has no price counts as if it cost nothing */
    Estimates(boolean admitsUnpriced) {
        this.admitsUnpriced = admitsUnpriced;
    }

    Estimate of(AdmissionRequest request, String company, PriceBook book, long now) {
        Rating rating = book.rate(company, usage(request, now));
        Decimal cost = Decimals.fromAvroOrNull(rating.cost());
        // Without quantities there is nothing to price, and the book says so of every model.
        boolean free = cost == null && (admitsUnpriced || request.estimate().isEmpty());
        return new Estimate(
                request.estimate(), Decimals.fromAvro(rating.tokens()), free ? Decimal.ZERO : cost, rating.currency());
    }

    private static Usage usage(AdmissionRequest request, long now) {
        List<DimensionQuantity> dimensions = new ArrayList<>(request.estimate().size());
        request.estimate()
                .forEach((name, quantity) -> dimensions.add(new DimensionQuantity(name, Decimals.toAvro(quantity))));
        Usage usage = new Usage();
        usage.setEventTime(now);
        usage.setProvider(request.provider());
        usage.setModel(request.model());
        usage.setDimensions(dimensions);
        usage.setServiceTier(request.serviceTier());
        usage.setRegion(request.region());
        usage.setVariant(request.variant());
        usage.setBillable(true);
        usage.setLabels(Map.of());
        return usage;
    }
}
