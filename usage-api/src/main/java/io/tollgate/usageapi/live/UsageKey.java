package io.tollgate.usageapi.live;

import io.tollgate.avro.RatedUsage;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What usage is told by.
 *
 * @param currency null where it has no price
 */
record UsageKey(
        String company,
        @Nullable String user,
        @Nullable String authId,
        String provider,
        String model,
        @Nullable String currency)
        implements Comparable<UsageKey> {
    private static final Comparator<@Nullable String> NULLS_FIRST =
            Comparator.nullsFirst(Comparator.<String>naturalOrder());
    private static final Comparator<UsageKey> ORDER = Comparator.comparing(UsageKey::company)
            .thenComparing(UsageKey::user, NULLS_FIRST)
            .thenComparing(UsageKey::authId, NULLS_FIRST)
            .thenComparing(UsageKey::provider)
            .thenComparing(UsageKey::model)
            .thenComparing(UsageKey::currency, NULLS_FIRST);

    static UsageKey of(RatedUsage row) {
        return new UsageKey(
                row.getCompany(), row.getUser(), row.getAuthId(), row.getProvider(), row.getModel(), row.getCurrency());
    }

    @Override
    public int compareTo(UsageKey other) {
        return ORDER.compare(this, other);
    }
}
