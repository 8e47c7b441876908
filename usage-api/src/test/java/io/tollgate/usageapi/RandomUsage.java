package io.tollgate.usageapi;

import io.tollgate.schemas.LatencyBuckets;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Random ledger rows, corrections among them, and the stats rows that they add up to. */
final class RandomUsage {
    static final List<String> WORDS =
            List.of("company", "user", "auth_id", "provider", "model", "service_tier", "label:team");

    /**
     * A row of the ledger.
     *
     * @param words by {@link #WORDS}; absent where the row has none
     * @param sign -1: a reversal
     */
    record Row(
            Instant time,
            Map<String, String> words,
            @Nullable String currency,
            boolean error,
            Map<String, BigDecimal> dimensions,
            BigDecimal cost,
            BigDecimal listCost,
            @Nullable Long latencyMs,
            int sign) {

        /** Number of requests, or of those that failed, or that have no price. */
        BigDecimal count(boolean counted) {
            return counted ? BigDecimal.valueOf(sign) : BigDecimal.ZERO;
        }

        BigDecimal signed(BigDecimal amount) {
            return amount.multiply(BigDecimal.valueOf(sign));
        }

        BigDecimal tokens() {
            return signed(dimensions.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add));
        }
    }

    private final Random random;
    private final List<Row> rows = new ArrayList<>();

    /** Rows of {@code [from, to)}. */
    RandomUsage(Random random, Instant from, Instant to, int count) {
        this.random = random;
        long seconds = ChronoUnit.SECONDS.between(from, to);
        for (int i = 0; i < count; i++) {
            if (!rows.isEmpty() && random.nextInt(20) == 0) {
                reverse(rows.get(random.nextInt(rows.size())));
            } else {
                rows.add(row(from.plusSeconds((long) (random.nextDouble() * seconds))));
            }
        }
    }

    List<Row> rows() {
        return rows;
    }

    private void reverse(Row row) {
        if (row.sign > 0) {
            rows.add(new Row(
                    row.time,
                    row.words,
                    row.currency,
                    row.error,
                    row.dimensions,
                    row.cost,
                    row.listCost,
                    row.latencyMs,
                    -1));
        }
    }

    private Row row(Instant time) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("company", random.nextInt(3) == 0 ? "beta" : "acme");
        maybe(words, "user", "u" + random.nextInt(5));
        maybe(words, "auth_id", "key_" + random.nextInt(3));
        words.put("provider", random.nextBoolean() ? "openai" : "anthropic");
        words.put("model", "m" + random.nextInt(4));
        words.put("service_tier", random.nextInt(3) == 0 ? "batch" : "standard");
        maybe(words, "label:team", "t" + random.nextInt(3));
        boolean unpriced = random.nextInt(10) == 0;
        Map<String, BigDecimal> dimensions = new TreeMap<>();
        dimensions.put("input", new BigDecimal(random.nextInt(100_000)));
        if (random.nextBoolean()) {
            dimensions.put("output", BigDecimal.valueOf(random.nextInt(1_000_000), random.nextInt(4)));
        }
        BigDecimal cost = unpriced ? BigDecimal.ZERO : amount();
        return new Row(
                time,
                words,
                unpriced ? null : random.nextInt(4) == 0 ? "EUR" : "USD",
                random.nextInt(8) == 0,
                dimensions,
                cost,
                unpriced ? BigDecimal.ZERO : amount(),
                random.nextInt(5) == 0 ? null : (long) random.nextInt(70_000),
                1);
    }

    /** Also more digits than a double has. */
    private BigDecimal amount() {
        BigDecimal amount = BigDecimal.valueOf(random.nextLong() >>> 20, 12 + random.nextInt(13));
        return random.nextInt(50) == 0 ? amount.add(new BigDecimal("123456789012345678901234.5")) : amount;
    }

    private void maybe(Map<String, String> words, String word, String value) {
        if (random.nextInt(6) != 0) {
            words.put(word, value);
        }
    }

    /** Puts the totals into both tables. */
    void insert(UsageApiStack stack) {
        stack.sql(insert(
                "usage_stats",
                "date",
                row -> row.time.atOffset(ZoneOffset.UTC).toLocalDate().toString()));
        stack.sql(insert("usage_stats_intraday", "window_start", row -> Instant.ofEpochSecond(
                        row.time.getEpochSecond() / 900 * 900)
                .toString()));
    }

    private String insert(String table, String time, Function<Row, String> window) {
        Map<String, List<Row>> byKey =
                rows.stream().collect(Collectors.groupingBy(row -> window.apply(row) + row.words + row.currency));
        return "INSERT INTO " + table + " (row_id, " + time
                + ", company, user_id, auth_id, provider, model, service_tier,"
                + " labels, currency, requests, successes, errors, unpriced, dimensions, tokens, cost, list_cost,"
                + " latency_histogram, version) VALUES "
                + byKey.values().stream()
                        .map(rows -> values(window.apply(rows.get(0)), rows))
                        .collect(Collectors.joining(", "));
    }

    private static String values(String window, List<Row> rows) {
        Row first = rows.get(0);
        String team = first.words.get("label:team");
        String tier = first.words.get("service_tier");
        boolean unpriced = first.currency == null;
        Map<String, BigDecimal> dimensions = new TreeMap<>();
        rows.forEach(row -> row.dimensions.forEach(
                (name, quantity) -> dimensions.merge(name, row.signed(quantity), BigDecimal::add)));
        long[] histogram = new long[LatencyBuckets.COUNT];
        rows.stream()
                .filter(row -> row.latencyMs != null)
                .forEach(row -> histogram[LatencyBuckets.indexOf(Objects.requireNonNull(row.latencyMs))] += row.sign);
        boolean known = rows.stream().anyMatch(row -> row.latencyMs != null);
        return "('" + UUID.randomUUID() + "', '" + window + "', " + text(first.words.get("company")) + ", "
                + text(first.words.get("user")) + ", " + text(first.words.get("auth_id")) + ", "
                + text(first.words.get("provider")) + ", " + text(first.words.get("model")) + ", "
                + text("standard".equals(tier) ? null : tier) + ", '"
                + (team == null ? "{}" : "{\"team\": \"" + team + "\"}") + "', " + text(first.currency) + ", "
                + sum(rows, row -> row.count(true)) + ", " + sum(rows, row -> row.count(!row.error)) + ", "
                + sum(rows, row -> row.count(row.error)) + ", " + sum(rows, row -> row.count(unpriced)) + ", '"
                + dimensions.entrySet().stream()
                        .map(entry -> "\"" + entry.getKey() + "\": "
                                + entry.getValue().toPlainString())
                        .collect(Collectors.joining(", ", "{", "}"))
                + "', " + sum(rows, Row::tokens) + ", " + sum(rows, row -> row.signed(row.cost)) + ", "
                + sum(rows, row -> row.signed(row.listCost)) + ", '{"
                + (known
                        ? java.util.Arrays.stream(histogram)
                                .mapToObj(Long::toString)
                                .collect(Collectors.joining(","))
                        : "")
                + "}', 1)";
    }

    static BigDecimal sum(List<Row> rows, Function<Row, BigDecimal> amount) {
        return rows.stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static String text(@Nullable String value) {
        return value == null ? "NULL" : "'" + value + "'";
    }
}
