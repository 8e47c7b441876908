package io.tollgate.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Granularity;
import io.tollgate.avro.Submission;
import io.tollgate.avro.Usage;
import io.tollgate.avro.UsageStats;
import io.tollgate.schemas.LatencyBuckets;
import io.tollgate.schemas.StatsKey;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.topic.Topics;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TotalsTopologyTest {
    private static final int EVENTS = 300;
    private static final BigDecimal INPUT = new BigDecimal(Given.INPUT_PRICE);

    private MeteringDriver driver;

    @BeforeEach
    void start(@TempDir Path stateDir) {
        driver = new MeteringDriver(stateDir);
        driver.price(Given.prices());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @RepeatedTest(3)
    void totalsAreTheSumsOverWhatHappenedHoweverItWasFlushed() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        Map<String, Naive> expected = new HashMap<>();
        List<Submission> voids = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            Usage usage = usage(random);
            driver.event(Given.usage("req-" + i, usage));
            if (random.nextInt(5) == 0) {
                voids.add(Given.voiding("req-" + i));
            } else {
                expect(expected, usage);
            }
            if (random.nextInt(20) == 0) {
                driver.idle(Duration.ofSeconds(1));
            }
        }
        voids.forEach(driver::event);
        driver.idle(Duration.ofSeconds(1));

        Map<ByteBuffer, UsageStats> rows = rows();
        for (UsageStats row : rows.values()) {
            Naive naive = expected.getOrDefault(name(row), new Naive());
            assertThat(row.getRequests()).as("requests, seed %d", seed).isEqualTo(naive.requests);
            assertThat(row.getErrors()).as("errors, seed %d", seed).isEqualTo(naive.errors);
            assertThat(row.getSuccesses()).as("successes, seed %d", seed).isEqualTo(naive.requests - naive.errors);
            assertThat(row.getUnpriced()).as("unpriced, seed %d", seed).isEqualTo(naive.unpriced);
            assertThat(number(row.getCost())).as("cost, seed %d", seed).isEqualByComparingTo(naive.cost);
            assertThat(number(row.getListCost())).as("list cost, seed %d", seed).isEqualByComparingTo(naive.cost);
            assertThat(number(row.getTokens())).as("tokens, seed %d", seed).isEqualByComparingTo(naive.input);
            assertThat(inputOf(row)).as("input, seed %d", seed).isEqualByComparingTo(naive.input);
            assertThat(histogram(row)).as("histogram, seed %d", seed).isEqualTo(naive.latencies);
        }
        assertThat(rows.values().stream().map(TotalsTopologyTest::name))
                .as("rows, seed %d", seed)
                .containsAll(expected.keySet());
    }

    @Test
    void partialsTravelByCompany() {
        driver.event(Given.usage("req-1", 10, 1));

        List<TestRecord<byte[], byte[]>> partials = driver.records(Topics.USAGE_PARTIALS);
        assertThat(partials).hasSize(1);
        assertThat(partials.get(0).key()).isEqualTo(Given.COMPANY.getBytes(StandardCharsets.UTF_8));
        UsageStats partial = driver.codecs
                .partials()
                .decode(partials.get(0).value())
                .getPartials()
                .get(0)
                .getRow();
        assertThat(partial.getRequests()).isEqualTo(1);
        assertThat(partial.getVersion()).isZero();
    }

    @Test
    void eachChangeOfARowHasTheNextVersion() {
        for (int i = 0; i < 3; i++) {
            driver.event(Given.usage("req-" + i, 10, 1));
            driver.idle(Duration.ofSeconds(1));
        }

        List<UsageStats> days = driver.records(Topics.USAGE_STATS).stream()
                .map(record -> driver.codecs.stats().decode(record.value()))
                .filter(row -> row.getGranularity() == Granularity.DAY)
                .toList();
        assertThat(days).extracting(UsageStats::getVersion).containsExactly(1L, 2L, 3L);
        assertThat(days).extracting(UsageStats::getRequests).containsExactly(1L, 2L, 3L);
        assertThat(days)
                .extracting(UsageStats::getWindowStart)
                .containsOnly(Given.micros(Instant.parse("2026-11-21T00:00:00Z")));
    }

    @Test
    void aLateEventCountsInItsOwnDay() {
        Usage late = Given.usageOf("gpt-4o", Map.of("input", "10"));
        late.setEventTime(Given.micros(Given.NOW.minus(Duration.ofDays(33))));
        driver.event(Given.usage("req-1", late));
        driver.idle(Duration.ofSeconds(1));

        assertThat(rows().values())
                .extracting(row -> row.getGranularity() + " " + row.getWindowStart())
                .containsExactlyInAnyOrder(
                        "QUARTER_HOUR " + Given.micros(Instant.parse("2026-10-19T10:00:00Z")),
                        "DAY " + Given.micros(Instant.parse("2026-10-19T00:00:00Z")));
    }

    private static Usage usage(Random random) {
        String model = random.nextInt(6) == 0 ? "no-such-model" : "gpt-4o";
        Usage usage = Given.usageOf(model, Map.of("input", Integer.toString(random.nextInt(5_000))));
        usage.setEventTime(Given.micros(Given.NOW.minus(Duration.ofMinutes(random.nextInt(3 * 24 * 60)))));
        usage.setUser("user-" + random.nextInt(3));
        usage.setStatus(random.nextInt(7) == 0 ? Integer.valueOf(500) : null);
        usage.setLatencyMs(random.nextBoolean() ? Long.valueOf(random.nextInt(2_000)) : null);
        return usage;
    }

    /** The last state of each row; its key must be the row's own, its version one more than the last. */
    private Map<ByteBuffer, UsageStats> rows() {
        Map<ByteBuffer, UsageStats> rows = new HashMap<>();
        for (TestRecord<byte[], byte[]> record : driver.records(Topics.USAGE_STATS)) {
            UsageStats row = driver.codecs.stats().decode(record.value());
            UsageStats before = rows.put(ByteBuffer.wrap(record.key()), row);
            assertThat(record.key()).isEqualTo(StatsKey.of(row));
            assertThat(row.getVersion()).isEqualTo(before == null ? 1 : before.getVersion() + 1);
        }
        return rows;
    }

    private static void expect(Map<String, Naive> expected, Usage usage) {
        for (long window : new long[] {900_000_000L, 86_400_000_000L}) {
            long start = usage.getEventTime() / window * window;
            boolean priced = usage.getModel().equals("gpt-4o")
                    || number(usage.getDimensions().get(0).getQuantity()).signum() == 0;
            expected.computeIfAbsent(
                            (window == 900_000_000L ? "QUARTER_HOUR" : "DAY")
                                    + start
                                    + usage.getUser()
                                    + usage.getModel(),
                            key -> new Naive())
                    .add(usage, priced);
        }
    }

    private static String name(UsageStats row) {
        return row.getGranularity() + "" + row.getWindowStart() + row.getUser() + row.getModel();
    }

    private static BigDecimal number(ExactDecimal value) {
        return Decimals.fromAvro(value).toBigDecimal();
    }

    private static BigDecimal inputOf(UsageStats row) {
        return row.getDimensions().stream()
                .filter(counted -> counted.getDimension().equals("input"))
                .map(DimensionQuantity::getQuantity)
                .map(TotalsTopologyTest::number)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Map<Integer, Long> histogram(UsageStats row) {
        Map<Integer, Long> counted = new HashMap<>();
        for (int i = 0; i < row.getLatencyHistogram().size(); i++) {
            if (row.getLatencyHistogram().get(i) != 0) {
                counted.put(i, row.getLatencyHistogram().get(i));
            }
        }
        return counted;
    }

    private static final class Naive {
        long requests;
        long errors;
        long unpriced;
        BigDecimal input = BigDecimal.ZERO;
        BigDecimal cost = BigDecimal.ZERO;
        final Map<Integer, Long> latencies = new HashMap<>();

        void add(Usage usage, boolean priced) {
            BigDecimal quantity = number(usage.getDimensions().get(0).getQuantity());
            requests++;
            errors += usage.getStatus() == null ? 0 : 1;
            unpriced += priced ? 0 : 1;
            input = input.add(quantity);
            cost = priced ? cost.add(quantity.multiply(INPUT)) : cost;
            if (usage.getLatencyMs() != null) {
                latencies.merge(LatencyBuckets.indexOf(usage.getLatencyMs()), 1L, Long::sum);
            }
        }
    }
}
