package io.tollgate.gateway.config;

import io.tollgate.avro.PriceTimeline;
import io.tollgate.gateway.admin.PriceItemJson.TimelineKey;
import io.tollgate.gateway.admin.Section;
import io.tollgate.gateway.admin.Sections;
import io.tollgate.gateway.backbone.Backbone;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * All that is configured at a moment.
 *
 * @param version number of the last change; 0 where there was none
 * @param records of each kind by name
 */
record Configured(
        long version, Map<Section<?>, Map<String, SpecificRecord>> records, Map<TimelineKey, PriceTimeline> prices) {

    static Configured of(Backbone backbone) {
        Map<Section<?>, Map<String, SpecificRecord>> records = new LinkedHashMap<>();
        for (Section<?> section : Sections.all()) {
            records.put(section, new HashMap<>(section.records(backbone)));
        }
        Map<TimelineKey, PriceTimeline> prices = new HashMap<>();
        backbone.prices().values().forEach(timeline -> prices.put(TimelineKey.of(timeline), timeline));
        return new Configured(backbone.configVersion(), records, prices);
    }

    /** Newest version of the price book; 0 where it is empty. */
    long priceVersion() {
        return prices.values().stream()
                .mapToLong(PriceTimeline::getVersion)
                .max()
                .orElse(0);
    }
}
