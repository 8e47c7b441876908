package io.tollgate.streams.totals;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Granularity;
import io.tollgate.avro.LineItem;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.UsageStats;
import io.tollgate.schemas.LatencyBuckets;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Ledger rows of one minute, with the same attributes, added up. A reversal has all signs the other way round. */
final class Sum {
    private static final long MINUTE_MICROS = Duration.ofMinutes(1).toMillis() * 1_000;
    private static final int FIRST_ERROR_STATUS = 400;

    private final Name name;
    /** By name, each once: the order of a usage's dimensions must not make different sums. */
    private final Map<String, Decimal> quantities = new TreeMap<>();

    private long requests;
    private long errors;
    private long unpriced;
    private Decimal tokens = Decimal.ZERO;
    private Decimal cost = Decimal.ZERO;
    private Decimal listCost = Decimal.ZERO;
    private long @Nullable [] latencies;

    Sum(Name name) {
        this.name = name;
    }

    /** What rows are told apart by; the company is the same. */
    record Name(
            String company,
            long minute,
            @Nullable String user,
            @Nullable String authId,
            String provider,
            String model,
            @Nullable String serviceTier,
            Map<String, String> labels,
            @Nullable String currency) {
        static Name of(RatedUsage row) {
            return new Name(
                    row.getCompany(),
                    row.getEventTime() - Math.floorMod(row.getEventTime(), MINUTE_MICROS),
                    row.getUser(),
                    row.getAuthId(),
                    row.getProvider(),
                    row.getModel(),
                    row.getServiceTier(),
                    row.getLabels(),
                    row.getCurrency());
        }
    }

    void add(RatedUsage row) {
        long count = row.getRequests();
        Integer status = row.getStatus();
        requests += count;
        errors += status != null && status >= FIRST_ERROR_STATUS ? count : 0;
        unpriced += row.getCost() == null ? count : 0;
        for (LineItem line : row.getLines()) {
            boolean hasRoom =
                    quantities.size() < StatsRows.MOST_DIMENSIONS || quantities.containsKey(line.getDimension());
            String dimension = hasRoom ? line.getDimension() : StatsRows.OTHER_DIMENSIONS;
            quantities.merge(dimension, Decimals.fromAvro(line.getQuantity()), Decimal::plus);
        }
        tokens = plus(tokens, row.getTokens());
        cost = plus(cost, row.getCost());
        listCost = plus(listCost, row.getListCost());
        Long latency = row.getLatencyMs();
        if (latency != null) {
            if (latencies == null) {
                latencies = new long[LatencyBuckets.COUNT];
            }
            latencies[LatencyBuckets.indexOf(latency)] += count;
        }
    }

    /** As a difference to a row of the totals. */
    UsageStats toStats() {
        UsageStats stats = new UsageStats();
        stats.setCompany(name.company());
        stats.setGranularity(Granularity.MINUTE);
        stats.setWindowStart(name.minute());
        stats.setUser(name.user());
        stats.setAuthId(name.authId());
        stats.setProvider(name.provider());
        stats.setModel(name.model());
        stats.setServiceTier(name.serviceTier());
        stats.setLabels(name.labels());
        stats.setCurrency(name.currency());
        stats.setRequests(requests);
        stats.setSuccesses(requests - errors);
        stats.setErrors(errors);
        stats.setUnpriced(unpriced);
        stats.setDimensions(dimensions());
        stats.setTokens(Decimals.toAvro(tokens));
        stats.setCost(Decimals.toAvro(cost));
        stats.setListCost(Decimals.toAvro(listCost));
        stats.setLatencyHistogram(
                latencies == null ? List.of() : Arrays.stream(latencies).boxed().toList());
        stats.setVersion(0L);
        return stats;
    }

    private List<DimensionQuantity> dimensions() {
        List<DimensionQuantity> sorted = new ArrayList<>(quantities.size());
        quantities.forEach(
                (dimension, quantity) -> sorted.add(new DimensionQuantity(dimension, Decimals.toAvro(quantity))));
        return sorted;
    }

    private static Decimal plus(Decimal sum, @Nullable ExactDecimal more) {
        return more == null ? sum : sum.plus(Decimals.fromAvro(more));
    }
}
