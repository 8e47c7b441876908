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

/** Arithmetic on rows of usage stats. Arguments are never changed. */
final class StatsRows {
    private static final long QUARTER_HOUR_MICROS = Duration.ofMinutes(15).toMillis() * 1_000;
    private static final long DAY_MICROS = Duration.ofDays(1).toMillis() * 1_000;
    /** Dimensions that a row has by name; there are some thirty that mean something. */
    static final int MOST_DIMENSIONS = 1_000;

    static final String OTHER_DIMENSIONS = "other_dimensions";

    private StatsRows() {}

    /** The same amounts, as they count in the quarter hour that the minute lies in. */
    static UsageStats inItsQuarterHour(UsageStats minute) {
        return within(Granularity.QUARTER_HOUR, QUARTER_HOUR_MICROS, minute);
    }

    /** The same amounts, as they count in the UTC day that the window lies in. */
    static UsageStats inItsDay(UsageStats shorter) {
        return within(Granularity.DAY, DAY_MICROS, shorter);
    }

    private static UsageStats within(Granularity granularity, long length, UsageStats shorter) {
        UsageStats row = attributesOf(shorter);
        row.setGranularity(granularity);
        row.setWindowStart(floor(shorter.getWindowStart(), length));
        row.setRequests(shorter.getRequests());
        row.setSuccesses(shorter.getSuccesses());
        row.setErrors(shorter.getErrors());
        row.setUnpriced(shorter.getUnpriced());
        row.setDimensions(shorter.getDimensions());
        row.setTokens(shorter.getTokens());
        row.setCost(shorter.getCost());
        row.setListCost(shorter.getListCost());
        row.setLatencyHistogram(shorter.getLatencyHistogram());
        row.setVersion(0L);
        return row;
    }

    /** Both rows' amounts under their common key, with the first one's version. */
    static UsageStats plus(UsageStats sum, UsageStats more) {
        UsageStats total = attributesOf(sum);
        total.setGranularity(sum.getGranularity());
        total.setWindowStart(sum.getWindowStart());
        total.setRequests(sum.getRequests() + more.getRequests());
        total.setSuccesses(sum.getSuccesses() + more.getSuccesses());
        total.setErrors(sum.getErrors() + more.getErrors());
        total.setUnpriced(sum.getUnpriced() + more.getUnpriced());
        total.setDimensions(plus(sum.getDimensions(), more.getDimensions()));
        total.setTokens(plus(sum.getTokens(), more.getTokens()));
        total.setCost(plus(sum.getCost(), more.getCost()));
        total.setListCost(plus(sum.getListCost(), more.getListCost()));
        total.setLatencyHistogram(plusBuckets(sum.getLatencyHistogram(), more.getLatencyHistogram()));
        total.setVersion(sum.getVersion());
        return total;
    }

    private static UsageStats attributesOf(UsageStats row) {
        UsageStats copy = new UsageStats();
        copy.setCompany(row.getCompany());
        copy.setUser(row.getUser());
        copy.setAuthId(row.getAuthId());
        copy.setProvider(row.getProvider());
        copy.setModel(row.getModel());
        copy.setServiceTier(row.getServiceTier());
        copy.setLabels(row.getLabels());
        copy.setCurrency(row.getCurrency());
        return copy;
    }

    /** Merges two lists that are sorted by name. A dimension that sums up to 0 stays: it was seen. */
    private static List<DimensionQuantity> plus(List<DimensionQuantity> sum, List<DimensionQuantity> more) {
        if (sum.size() + more.size() > MOST_DIMENSIONS) {
            return plusWithinBounds(sum, more);
        }
        List<DimensionQuantity> merged = new ArrayList<>(Math.max(sum.size(), more.size()));
        int i = 0;
        int j = 0;
        while (i < sum.size() && j < more.size()) {
            DimensionQuantity left = sum.get(i);
            DimensionQuantity right = more.get(j);
            int order = left.getDimension().compareTo(right.getDimension());
            if (order == 0) {
                merged.add(new DimensionQuantity(left.getDimension(), plus(left.getQuantity(), right.getQuantity())));
            } else {
                merged.add(order < 0 ? left : right);
            }
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        merged.addAll(sum.subList(i, sum.size()));
        merged.addAll(more.subList(j, more.size()));
        return merged;
    }

    /**
     * Names of dimensions are the senders'. What is new in a row that has so many already is added to
     * {@link #OTHER_DIMENSIONS}: a row that grows with each name could one day not be written any more, and its partition
     * would stand still.
     */
    private static List<DimensionQuantity> plusWithinBounds(List<DimensionQuantity> sum, List<DimensionQuantity> more) {
        Map<String, ExactDecimal> byName = new TreeMap<>();
        sum.forEach(one -> byName.put(one.getDimension(), one.getQuantity()));
        for (DimensionQuantity one : more) {
            boolean hasRoom = byName.size() < MOST_DIMENSIONS || byName.containsKey(one.getDimension());
            byName.merge(hasRoom ? one.getDimension() : OTHER_DIMENSIONS, one.getQuantity(), StatsRows::plus);
        }
        return sorted(byName);
    }

    private static List<DimensionQuantity> sorted(Map<String, ExactDecimal> byName) {
        List<DimensionQuantity> sorted = new ArrayList<>(byName.size());
        byName.forEach((name, quantity) -> sorted.add(new DimensionQuantity(name, quantity)));
        return sorted;
    }

    private static ExactDecimal plus(ExactDecimal one, ExactDecimal other) {
        return Decimals.toAvro(Decimals.fromAvro(one).plus(Decimals.fromAvro(other)));
    }

    private static List<Long> plusBuckets(List<Long> sum, List<Long> more) {
        if (sum.isEmpty() || more.isEmpty()) {
            return sum.isEmpty() ? more : sum;
        }
        List<Long> total = new ArrayList<>(sum.size());
        for (int i = 0; i < sum.size(); i++) {
            total.add(sum.get(i) + more.get(i));
        }
        return total;
    }

    private static long floor(long micros, long step) {
        return micros - Math.floorMod(micros, step);
    }
}
