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
    /** Whoever says nothing of its call is asked whether the model has a price at all. */
    private static final Map<String, Decimal> ANYTHING = Map.of("input", Decimal.ONE);

    private final boolean admitsUnpriced;

    /** @param admitsUnpriced whether what has no price counts as if it cost nothing */
    Estimates(boolean admitsUnpriced) {
        this.admitsUnpriced = admitsUnpriced;
    }

    Estimate of(AdmissionRequest request, String company, PriceBook book, long now) {
        if (request.estimate().isEmpty()) {
            boolean hasPrice = book.rate(company, usage(request, ANYTHING, now)).cost() != null;
            return new Estimate(Map.of(), Decimal.ZERO, hasPrice || admitsUnpriced ? Decimal.ZERO : null, null);
        }
        Rating rating = book.rate(company, usage(request, request.estimate(), now));
        Decimal cost = Decimals.fromAvroOrNull(rating.cost());
        return new Estimate(
                request.estimate(),
                Decimals.fromAvro(rating.tokens()),
                cost == null && admitsUnpriced ? Decimal.ZERO : cost,
                rating.currency());
    }

    private static Usage usage(AdmissionRequest request, Map<String, Decimal> quantities, long now) {
        List<DimensionQuantity> dimensions = new ArrayList<>(quantities.size());
        quantities.forEach((name, quantity) -> dimensions.add(new DimensionQuantity(name, Decimals.toAvro(quantity))));
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
