package io.tollgate.schemas;

import io.tollgate.avro.PriceTimeline;
import org.jspecify.annotations.Nullable;

/** Key of a price timeline: (company, provider, model), the company absent for the global book. */
public final class PriceKey {
    private PriceKey() {}

    public static byte[] of(@Nullable String company, String provider, String model) {
        return CompositeKey.of(company, provider, model);
    }

    public static byte[] of(PriceTimeline timeline) {
        return of(timeline.getCompany(), timeline.getProvider(), timeline.getModel());
    }
}
