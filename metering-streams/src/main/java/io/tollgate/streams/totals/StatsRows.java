package io.tollgate.streams.totals;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Granularity;
import io.tollgate.avro.UsageStats;
import io.tollgate.schemas.decimal.Decimals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Arithmetic on rows of usage stats. */
final class StatsRows {
    private static final long QUARTER_HOUR_MICROS = Duration.ofMinutes(15).toMillis() * 1_000;
    private static final long DAY_MICROS = Duration.ofDays(1).toMillis() * 1_000;
    /** Dimensions that a row has by name; there are some thirty that mean something. */
    static final int MOST_DIMENSIONS = 1_000;

    static final String OTHER_DIMENSIONS = "other_dimensions";

    private StatsRows() {}

    /** Start of the quarter hour or of the UTC day that a time lies in, epoch µs. */
    static long windowStart(Granularity granularity, long time) {
        return time - Math.floorMod(time, granularity == Granularity.DAY ? DAY_MICROS : QUARTER_HOUR_MICROS);
    }

    /** A new row of a window with the amounts of a minute, which shares nothing that {@link #add} changes. */
    static UsageStats first(UsageStats minute, Granularity granularity) {
        UsageStats row = new UsageStats();
        row.setCompany(minute.getCompany());
        row.setGranularity(granularity);
        row.setWindowStart(windowStart(granularity, minute.getWindowStart()));
        row.setUser(minute.getUser());
        row.setAuthId(minute.getAuthId());
        row.setProvider(minute.getProvider());
        row.setModel(minute.getModel());
        row.setServiceTier(minute.getServiceTier());
        row.setLabels(minute.getLabels());
        row.setCurrency(minute.getCurrency());
        row.setRequests(minute.getRequests());
        row.setSuccesses(minute.getSuccesses());
        row.setErrors(minute.getErrors());
        row.setUnpriced(minute.getUnpriced());
        row.setDimensions(copies(minute.getDimensions()));
        row.setTokens(minute.getTokens());
        row.setCost(minute.getCost());
        row.setListCost(minute.getListCost());
        row.setLatencyHistogram(new ArrayList<>(minute.getLatencyHistogram()));
        row.setVersion(0L);
        return row;
    }

    /** Adds the amounts of a minute to a row, in place: each minute of each row is added to two. */
    static void add(UsageStats row, UsageStats minute) {
        row.setRequests(row.getRequests() + minute.getRequests());
        row.setSuccesses(row.getSuccesses() + minute.getSuccesses());
        row.setErrors(row.getErrors() + minute.getErrors());
        row.setUnpriced(row.getUnpriced() + minute.getUnpriced());
        row.setDimensions(plus(row.getDimensions(), minute.getDimensions()));
        row.setTokens(plus(row.getTokens(), minute.getTokens()));
        row.setCost(plus(row.getCost(), minute.getCost()));
        row.setListCost(plus(row.getListCost(), minute.getListCost()));
        row.setLatencyHistogram(plusBuckets(row.getLatencyHistogram(), minute.getLatencyHistogram()));
    }

    /** Both are sorted by name. A dimension that sums up to 0 stays: it was seen. */
    private static List<DimensionQuantity> plus(List<DimensionQuantity> sum, List<DimensionQuantity> more) {
        int at = 0;
        for (int i = 0; i < more.size(); i++) {
            DimensionQuantity one = more.get(i);
            while (at < sum.size() && sum.get(at).getDimension().compareTo(one.getDimension()) < 0) {
                at++;
            }
            if (at == sum.size() || !sum.get(at).getDimension().equals(one.getDimension())) {
                return withNewNames(sum, more.subList(i, more.size()));
            }
            DimensionQuantity known = sum.get(at);
            known.setQuantity(plus(known.getQuantity(), one.getQuantity()));
        }
        return sum;
    }

    /**
     * Names of dimensions are the senders'. What is new in a row that has so many already is added to
     * {@link #OTHER_DIMENSIONS}: a row that grows with each name could one day not be written any more, and its partition
     * would stand still.
     */
    private static List<DimensionQuantity> withNewNames(List<DimensionQuantity> sum, List<DimensionQuantity> more) {
        Map<String, ExactDecimal> byName = new TreeMap<>();
        sum.forEach(one -> byName.put(one.getDimension(), one.getQuantity()));
        for (DimensionQuantity one : more) {
            boolean hasRoom = byName.size() < MOST_DIMENSIONS || byName.containsKey(one.getDimension());
            byName.merge(hasRoom ? one.getDimension() : OTHER_DIMENSIONS, one.getQuantity(), StatsRows::plus);
        }
        List<DimensionQuantity> sorted = new ArrayList<>(byName.size());
        byName.forEach((name, quantity) -> sorted.add(new DimensionQuantity(name, quantity)));
        return sorted;
    }

    private static List<DimensionQuantity> copies(List<DimensionQuantity> dimensions) {
        List<DimensionQuantity> copies = new ArrayList<>(dimensions.size());
        dimensions.forEach(one -> copies.add(new DimensionQuantity(one.getDimension(), one.getQuantity())));
        return copies;
    }

    private static ExactDecimal plus(ExactDecimal one, ExactDecimal other) {
        return Decimals.toAvro(Decimals.fromAvro(one).plus(Decimals.fromAvro(other)));
    }

    private static List<Long> plusBuckets(List<Long> sum, List<Long> more) {
        if (sum.isEmpty() || more.isEmpty()) {
            return sum.isEmpty() ? new ArrayList<>(more) : sum;
        }
        for (int i = 0; i < more.size(); i++) {
            long count = more.get(i);
            if (count != 0) {
                sum.set(i, sum.get(i) + count);
            }
        }
        return sum;
    }
}
