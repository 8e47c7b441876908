package io.tollgate.schemas;

import io.tollgate.avro.Granularity;
import io.tollgate.avro.UsageStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Key of a row of usage stats: company, granularity, window and everything that is grouped by. The company comes first,
 * so that all rows of a company lie together.
 */
public final class StatsKey {
    private StatsKey() {}

    public static byte[] of(UsageStats row) {
        return of(row, row.getGranularity(), row.getWindowStart());
    }

    /**
     * Key of the row of another window with the same attributes.
     *
     * @param windowStart epoch µs
     */
    public static byte[] of(UsageStats row, Granularity granularity, long windowStart) {
        Map<String, String> labels = new TreeMap<>(row.getLabels());
        List<@Nullable String> parts = new ArrayList<>();
        parts.add(row.getCompany());
        parts.add(granularity.name());
        parts.add(Long.toString(windowStart));
        parts.add(row.getUser());
        parts.add(row.getAuthId());
        parts.add(row.getProvider());
        parts.add(row.getModel());
        parts.add(row.getServiceTier());
        parts.add(row.getCurrency());
        labels.forEach((name, value) -> {
            parts.add(name);
            parts.add(value);
        });
        return CompositeKey.of(parts.toArray(new String[0]));
    }
}
