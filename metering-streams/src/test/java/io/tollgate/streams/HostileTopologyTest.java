package io.tollgate.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.AlertKind;
import io.tollgate.avro.AlertRule;
import io.tollgate.avro.DeadLetter;
import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Granularity;
import io.tollgate.avro.Period;
import io.tollgate.avro.PeriodKind;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.avro.Quota;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.Submission;
import io.tollgate.avro.Usage;
import io.tollgate.avro.UsagePartial;
import io.tollgate.avro.UsagePartials;
import io.tollgate.avro.UsageStats;
import io.tollgate.schemas.PriceKey;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records that are well written and say what nothing can be made of, in each topic that is read: they are dead letters,
 * and what comes behind them is metered as if they were not there.
 */
@Timeout(60)
class HostileTopologyTest {
    /** Twenty bytes that are a number of a thousand million digits as soon as something is added. */
    private static final ExactDecimal ENDLESS = new ExactDecimal(1L, 1_000_000_000, null);

    private static final ExactDecimal NO_DECIMAL = new ExactDecimal(0L, 0, ByteBuffer.wrap(new byte[0]));
    private static final byte[] COMPANY = Given.COMPANY.getBytes(StandardCharsets.UTF_8);

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

    @Test
    void aUsageOfWhichNothingCanBeAddedUpIsDead() {
        for (ExactDecimal quantity : List.of(ENDLESS, NO_DECIMAL, new ExactDecimal(1L, -5, null))) {
            use(List.of(of("input", quantity)));
        }
        use(List.of(of("input", Given.decimal("-1"))));
        use(IntStream.range(0, 65)
                .mapToObj(i -> of("dimension_" + i, Given.decimal("1")))
                .toList());

        assertThat(driver.dead())
                .extracting(DeadLetter::getCode)
                .containsExactly("unreadable", "unreadable", "unreadable", "invalid_quantity", "too_many_dimensions");
        goesOn();
    }

    /** What is made of it would be larger than a broker takes. */
    @Test
    void aSubmissionThatIsTooLargeIsDeadAndHasNoOutcome() {
        driver.event(Given.usage("req-1", used(usage -> usage.setLabels(Map.of("team", "x".repeat(300_000))))));
        Map<String, String> labels = new HashMap<>();
        IntStream.range(0, 2_000).forEach(i -> labels.put("l" + i, ""));
        driver.event(Given.usage("req-1", used(usage -> usage.setLabels(labels))));

        assertThat(driver.dead()).extracting(DeadLetter::getCode).containsExactly("value_too_long", "invalid_event");
        assertThat(driver.outcomes()).hasSize(1);
        goesOn();
    }

    @Test
    void aPartialOfAWindowFarAheadPushesNoTotalsOutOfTheirStore() {
        meter("req-1");
        assertThat(requestsToday()).isEqualTo(1);
        for (long start : new long[] {9_152_000_000_000_000_000L, -62_135_596_800_000_000L, Long.MAX_VALUE}) {
            partial(row -> row.setWindowStart(start));
        }
        assertThat(driver.dead())
                .extracting(DeadLetter::getOriginTopic)
                .containsExactly("usage.partials", "usage.partials", "usage.partials");

        meter("req-2");
        assertThat(requestsToday()).isEqualTo(2);
    }

    @Test
    void aPartialThatCanNotBeAddedIsDead() {
        meter("req-1");
        partial(row -> row.setCost(ENDLESS));
        partial(row -> row.setCost(new ExactDecimal(1L, 3_000, null)));
        partial(row -> row.setLatencyHistogram(List.of(1L, 2L)));
        partial(row -> row.setDimensions(List.of(of("b", Given.decimal("1")), of("a", Given.decimal("1")))));
        partial(row -> row.setCompany("another"));

        assertThat(driver.dead())
                .extracting(DeadLetter::getCode)
                .containsExactly("unreadable", "invalid_quantity", "invalid_event", "invalid_event", "invalid_event");
        meter("req-2");
        assertThat(requestsToday()).isEqualTo(2);
    }

    @Test
    void aDeadLetterHasNoKeyWhereThatAloneWouldMakeItTooLarge() {
        driver.send(Topics.USAGE_INBOX, new byte[100_000], new byte[] {1});
        driver.send(Topics.USAGE_INBOX, new byte[100], new byte[] {1});
        driver.send(Topics.USAGE_EVENTS, new byte[100_000], new byte[] {1});

        assertThat(driver.records(Topics.USAGE_DEAD))
                .extracting(TestRecord::key)
                .containsExactly(null, new byte[100], null);
    }

    @Test
    void aQuotaOfWhichNothingCanBeCountedIsDead() {
        quota(quota -> quota.setPeriod(new Period(PeriodKind.ROLLING, Long.MAX_VALUE / 1_000_000 / 900 * 900, 0L)));
        quota(quota -> quota.setPeriod(new Period(PeriodKind.EVERY, 400 * 86_400L, 0L)));
        quota(quota -> quota.setLimit(ENDLESS));
        quota(quota -> quota.setLimit(new ExactDecimal(1L, 3_000, null)));
        quota(quota -> quota.setTimezone("x".repeat(300_000)));

        assertThat(driver.dead())
                .extracting(DeadLetter::getOriginTopic)
                .hasSize(5)
                .containsOnly("config.quotas");
        goesOn();
    }

    @Test
    void aRuleWithMoreWindowsThanAnybodyCanLookAtIsDeadAtOnce() {
        AlertRule rule = AlertRule.newBuilder()
                .setId("spike")
                .setScope(GivenQuota.scope(Given.COMPANY, null, null))
                .setKind(AlertKind.SPIKE)
                .setThresholds(List.of(Given.decimal("3")))
                .setWindow(new Period(PeriodKind.HOUR, 0L, 0L))
                .setCurrency("USD")
                .setBaselineWindows(Integer.MAX_VALUE)
                .setVersion(1)
                .setCreatedAt(0)
                .setUpdatedAt(0)
                .build();
        driver.rule(rule);
        rule.setBaselineWindows(1);
        rule.setThresholds(List.of(new ExactDecimal(1L, 3_000, null)));
        driver.rule(rule);

        assertThat(driver.dead())
                .extracting(DeadLetter::getOriginTopic)
                .containsExactly("config.alerts", "config.alerts");
        goesOn();
    }

    @Test
    void aPriceThatNobodyMayPostHoldsForNothing() {
        price(timeline -> timeline.getItems().get(0).setUnitPrice(Given.decimal("-1")));
        price(timeline -> timeline.getItems().get(0).setUnitPrice(ENDLESS));
        price(timeline -> timeline.getItems().get(0).setUnitPrice(new ExactDecimal(1L, 3_000, null)));
        PriceTimeline other = Given.prices("gpt-4o", 2, "1", "1");
        driver.send(
                Topics.CONFIG_PRICES,
                PriceKey.of(null, "openai", "other"),
                driver.codecs.prices().encode(other));

        assertThat(driver.dead())
                .extracting(DeadLetter::getOriginTopic)
                .containsExactly("config.prices", "config.prices", "config.prices", "config.prices");
        goesOn();
    }

    /** It comes well compressed; a changelog compresses it in its own way, and may then have no room for it. */
    @Test
    void aPriceThatIsTooLargeToBeKeptIsDead() {
        PriceTimeline timeline = Given.prices("gpt-4o", 2, "1", "1");
        byte[] padded = Arrays.copyOf(driver.codecs.prices().encode(timeline), 7_500_000);
        driver.send(Topics.CONFIG_PRICES, PriceKey.of(timeline), padded);

        assertThat(driver.dead()).extracting(DeadLetter::getOriginTopic).containsExactly("config.prices");
        goesOn();
    }

    private static DimensionQuantity of(String dimension, ExactDecimal quantity) {
        return new DimensionQuantity(dimension, quantity);
    }

    /** Past the doors, and past the fingerprint that they take. */
    private void use(List<DimensionQuantity> dimensions) {
        Submission submission = Given.usage("req-1", 1_000, 100);
        Objects.requireNonNull(submission.getUsage()).setDimensions(dimensions);
        driver.event(submission);
    }

    private static Usage used(Consumer<Usage> change) {
        Usage usage = Given.usageOf("gpt-4o", Map.of("input", "1000", "output", "100"));
        change.accept(usage);
        return usage;
    }

    private void partial(Consumer<UsageStats> change) {
        UsageStats row = UsageStats.newBuilder(row()).build();
        change.accept(row);
        driver.send(
                Topics.USAGE_PARTIALS,
                COMPANY,
                driver.codecs.partials().encode(new UsagePartials(List.of(new UsagePartial(row, List.of())))));
    }

    /** As the combiner writes one. */
    private static UsageStats row() {
        return UsageStats.newBuilder()
                .setCompany(Given.COMPANY)
                .setGranularity(Granularity.MINUTE)
                .setWindowStart(Given.micros(Given.NOW.minusSeconds(600)))
                .setProvider("openai")
                .setModel("gpt-4o")
                .setRequests(1)
                .setSuccesses(1)
                .setErrors(0)
                .setUnpriced(0)
                .setDimensions(List.of())
                .setTokens(Given.decimal("1"))
                .setCost(Given.decimal("1"))
                .setListCost(Given.decimal("1"))
                .setLatencyHistogram(List.of())
                .build();
    }

    private void quota(Consumer<Quota> change) {
        Quota quota = GivenQuota.tokens("hostile", "1000", PeriodKind.DAY);
        change.accept(quota);
        driver.quota(quota);
    }

    private void price(Consumer<PriceTimeline> change) {
        PriceTimeline timeline = Given.prices("gpt-4o", 2, "1", "1");
        change.accept(timeline);
        driver.price(timeline);
    }

    private void meter(String id) {
        driver.event(Given.usage(id, 1_000, 100));
        driver.idle(Duration.ofSeconds(1));
    }

    private void goesOn() {
        driver.event(Given.usage("good", 1_000, 100));
        driver.idle(Duration.ofSeconds(1));
        List<RatedUsage> rows = driver.rated();
        assertThat(rows).extracting(RatedUsage::getId).containsExactly("good");
        assertThat(Decimals.textOrNull(rows.get(0).getCost())).isEqualTo("0.0035");
        assertThat(driver.dead()).isEmpty();
    }

    private long requestsToday() {
        long today = Given.micros(Instant.parse("2026-11-21T00:00:00Z"));
        return driver.records(Topics.USAGE_STATS).stream()
                .map(record -> driver.codecs.stats().decode(record.value()))
                .filter(row -> row.getGranularity() == Granularity.DAY && row.getWindowStart() == today)
                .mapToLong(UsageStats::getRequests)
                .max()
                .orElse(0);
    }
}
