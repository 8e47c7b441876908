package io.tollgate.usageapi.live;

import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a frame adds under one key.
 *
 * @param json as it is told
 */
record UsageRow(UsageKey key, String json) {
    /** About what its key takes in memory beside its JSON. */
    static final int WEIGHT = 300;

    /**
     * As it travels: increments as exact texts, negative where something is taken back.
     *
     * @param cost null where nothing of it has a price
     */
    record Body(
            String company,
            @Nullable String user,
            @Nullable String authId,
            String provider,
            String model,
            @Nullable String currency,
            String requests,
            String errors,
            String unpriced,
            String tokens,
            @Nullable String cost,
            @Nullable String listCost) {}

    /** The sums by key, in the keys' order; what comes to nothing is left out. */
    static List<UsageRow> of(List<Increment> increments) {
        Map<UsageKey, Sums> byKey = new TreeMap<>();
        for (Increment increment : increments) {
            byKey.computeIfAbsent(increment.key(), key -> new Sums()).add(increment);
        }
        List<UsageRow> rows = new ArrayList<>();
        byKey.forEach((key, sums) -> {
            if (!sums.areNothing()) {
                rows.add(new UsageRow(key, LiveJson.text(sums.body(key))));
            }
        });
        return List.copyOf(rows);
    }

    private static final class Sums {
        private long requests;
        private long errors;
        private long unpriced;
        private Decimal tokens = Decimal.ZERO;
        private @Nullable Decimal cost;
        private @Nullable Decimal listCost;

        void add(Increment more) {
            requests += more.requests();
            errors += more.errors();
            unpriced += more.unpriced();
            tokens = tokens.plus(more.tokens());
            cost = plus(cost, more.cost());
            listCost = plus(listCost, more.listCost());
        }

        boolean areNothing() {
            return requests == 0
                    && errors == 0
                    && unpriced == 0
                    && tokens.isZero()
                    && (cost == null || cost.isZero())
                    && (listCost == null || listCost.isZero());
        }

        Body body(UsageKey key) {
            return new Body(
                    key.company(),
                    key.user(),
                    key.authId(),
                    key.provider(),
                    key.model(),
                    key.currency(),
                    Long.toString(requests),
                    Long.toString(errors),
                    Long.toString(unpriced),
                    tokens.toString(),
                    Decimals.textOrNull(cost),
                    Decimals.textOrNull(listCost));
        }

        private static @Nullable Decimal plus(@Nullable Decimal sum, @Nullable Decimal more) {
            if (sum == null || more == null) {
                return sum == null ? more : sum;
            }
            return sum.plus(more);
        }
    }
}
