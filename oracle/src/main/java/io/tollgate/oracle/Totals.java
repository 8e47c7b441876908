package io.tollgate.oracle;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows of the statistics in windows of one length, added up from the ledger's rows. */
final class Totals {
    static final long QUARTER_HOUR = 900_000_000L;
    static final long DAY = 96 * QUARTER_HOUR;

    /** Inclusive, in milliseconds; what is slower is in a bucket of its own. */
    private static final long[] LATENCIES = {
        10, 20, 35, 50, 75, 100, 150, 200, 300, 400, 500, 750, 1_000, 1_500, 2_000, 3_000, 4_000, 5_000, 7_500, 10_000,
        15_000, 20_000, 30_000, 45_000, 60_000, 90_000, 120_000, 300_000, 600_000
    };

    /** So many dimensions a row has by name; whatever comes on top is one more. */
    private static final int MOST_NAMED = 1_000;

    private static final String NOT_NAMED = "other_dimensions";

    private final long window;
    private final Map<Key, Sum> sums = new HashMap<>();

    Totals(long window) {
        this.window = window;
    }

    /** Everything that a row is grouped by. */
    record Key(
            long windowStart,
            String company,
            @Nullable String user,
            @Nullable String authId,
            String provider,
            String model,
            @Nullable String serviceTier,
            String labels,
            @Nullable String currency) {}

    /** Amounts of a row. */
    static final class Sum {
        private long requests;
        private long successes;
        private long errors;
        private long unpriced;
        private BigDecimal tokens = BigDecimal.ZERO;
        private BigDecimal cost = BigDecimal.ZERO;
        private BigDecimal listCost = BigDecimal.ZERO;
        private final Map<String, BigDecimal> dimensions = new TreeMap<>();
        private long @Nullable [] latencies;

        void add(EventReplay.Booked booked) {
            int sign = booked.requests();
            boolean failed = booked.usage().failed();
            Rating rating = booked.rating();
            requests += sign;
            successes += failed ? 0 : sign;
            errors += failed ? sign : 0;
            unpriced += rating.cost() == null ? sign : 0;
            tokens = tokens.add(rating.tokens());
            cost = rating.cost() == null ? cost : cost.add(rating.cost());
            listCost = rating.listCost() == null ? listCost : listCost.add(rating.listCost());
            for (Rating.Line line : rating.lines()) {
                dimensions.merge(line.dimension(), line.quantity(), BigDecimal::add);
            }
            Long latency = booked.usage().latencyMs();
            if (latency != null) {
                int found = Arrays.binarySearch(LATENCIES, latency);
                long[] buckets = latencies == null ? new long[LATENCIES.length + 1] : latencies;
                buckets[found >= 0 ? found : -found - 1] += sign;
                latencies = buckets;
            }
        }

        /**
         * Equal sums have equal texts.
         *
         * @param found the names in the row that this is compared with: which of too many come first depends on when each
         *     event was totalled, which nothing here says
         */
        String text(Set<String> found) {
            boolean isFull = found.size() > MOST_NAMED && found.contains(NOT_NAMED);
            Map<String, BigDecimal> named = new TreeMap<>();
            dimensions.forEach((name, quantity) ->
                    named.merge(isFull && !found.contains(name) ? NOT_NAMED : name, quantity, BigDecimal::add));
            Map<String, String> counted = new TreeMap<>();
            named.forEach((name, quantity) -> counted.put(name, "" + Amount.text(quantity)));
            return text(
                    requests,
                    successes,
                    errors,
                    unpriced,
                    tokens,
                    cost,
                    listCost,
                    counted,
                    latencies == null ? "[]" : Arrays.toString(latencies));
        }

        static String text(
                long requests,
                long successes,
                long errors,
                long unpriced,
                BigDecimal tokens,
                BigDecimal cost,
                BigDecimal listCost,
                Map<String, String> dimensions,
                String latencies) {
            return "requests " + requests + " (" + successes + " good, " + errors + " failed, " + unpriced
                    + " unpriced), tokens " + Amount.text(tokens) + ", cost " + Amount.text(cost) + ", list "
                    + Amount.text(listCost) + ", " + new TreeMap<>(dimensions) + ", latencies " + latencies;
        }
    }

    void add(EventReplay.Booked booked) {
        Usage usage = booked.usage();
        Key key = new Key(
                usage.time() - Math.floorMod(usage.time(), window),
                booked.cause().company(),
                usage.user(),
                booked.authId(),
                usage.provider(),
                usage.model(),
                usage.serviceTier(),
                LedgerRow.labels(usage.labels()),
                booked.rating().currency());
        sums.computeIfAbsent(key, name -> new Sum()).add(booked);
    }

    /**
     * Compares a row with what it must be, and takes it off the list; what is left in the end is missing.
     *
     * @param names the row's dimensions
     */
    void compare(Key key, Set<String> names, String found, Tally tally) {
        Sum expected = sums.remove(key);
        tally.same(key, expected == null ? null : expected.text(names), found);
    }

    void reportMissing(Tally tally) {
        sums.forEach((key, sum) -> tally.same(key, sum.text(Set.of()), null));
    }
}
