package io.tollgate.streams.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Enforcement;
import io.tollgate.avro.Granularity;
import io.tollgate.avro.Period;
import io.tollgate.avro.PeriodKind;
import io.tollgate.avro.Quota;
import io.tollgate.avro.Scope;
import io.tollgate.avro.UsagePartial;
import io.tollgate.avro.UsagePartials;
import io.tollgate.avro.UsageStats;
import io.tollgate.quota.QuotaReading;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.FixedSchemaIds;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.streams.totals.Totals;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a processor below the quotas is given to read. */
class QuotaReadingsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final String READER = "reader";

    private final Codecs codecs = Codecs.settle(new FixedSchemaIds());
    private final List<String> readings = new ArrayList<>();
    private TopologyTestDriver driver;

    @BeforeEach
    void start(@TempDir Path stateDir) {
        Topology topology = new Topology();
        Totals.addTo(topology, codecs, Quotas.NAME);
        Quotas.addTo(topology, codecs, Totals.NAME, READER);
        topology.addProcessor(READER, Reader::new, Quotas.NAME);
        Properties properties = new Properties();
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        driver = new TopologyTestDriver(topology, properties, NOW);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    private final class Reader implements Processor<byte[], Object, Void, Void> {
        @Override
        public void process(Record<byte[], Object> record) {
            readings.add(text((QuotaReading) record.value()));
        }
    }

    @Test
    void everyChangeOfAStandingIsRead() {
        quota("100");
        use(90, NOW);
        quota("50");
        use(5, NOW.minus(Duration.ofHours(1)));
        driver.advanceWallClockTime(Duration.ofHours(1));
        driver.advanceWallClockTime(Duration.ofSeconds(1));

        assertThat(readings)
                .containsExactly(
                        "10:00 90 of 100 OK", "10:00 90 of 50 EXCEEDED", "09:00 5 of 50 OK late", "11:00 0 of 50 OK");
    }

    @Test
    void whatChangesNothingIsNot() {
        quota("100");
        use(0, NOW);
        quota("200");

        assertThat(readings).isEmpty();
    }

    private static String text(QuotaReading reading) {
        Instant start = Instant.EPOCH.plus(reading.window().start(), ChronoUnit.MICROS);
        return "%s %s of %s %s%s"
                .formatted(
                        start.toString().substring(11, 16),
                        reading.standing().used(),
                        reading.standing().limit(),
                        reading.standing().status(),
                        reading.isLate() ? " late" : "");
    }

    private void quota(String limit) {
        Quota quota = Quota.newBuilder()
                .setId("q")
                .setScope(new Scope("acme", null, null, null, null))
                .setMetric("tokens")
                .setLimit(Decimals.toAvro(Decimal.parse(limit)))
                .setPeriod(new Period(PeriodKind.HOUR, 0L, 0L))
                .setEnforcement(Enforcement.SOFT)
                .setVersion(1)
                .setCreatedAt(0)
                .setUpdatedAt(0)
                .build();
        send(Topics.CONFIG_QUOTAS, "q", codecs.quotas().encode(quota));
    }

    private void use(long tokens, Instant at) {
        UsageStats row = UsageStats.newBuilder()
                .setCompany("acme")
                .setGranularity(Granularity.MINUTE)
                .setWindowStart(ChronoUnit.MICROS.between(Instant.EPOCH, at))
                .setProvider("openai")
                .setModel("gpt-4o")
                .setLabels(Map.of())
                .setRequests(1)
                .setSuccesses(1)
                .setErrors(0)
                .setUnpriced(0)
                .setDimensions(List.of())
                .setTokens(Decimals.toAvro(Decimal.of(tokens)))
                .setCost(Decimals.toAvro(Decimal.ZERO))
                .setListCost(Decimals.toAvro(Decimal.ZERO))
                .setLatencyHistogram(List.of())
                .build();
        send(
                Topics.USAGE_PARTIALS,
                "acme",
                codecs.partials().encode(new UsagePartials(List.of(new UsagePartial(row, List.of())))));
    }

    private void send(Topic topic, String key, byte[] value) {
        driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key.getBytes(StandardCharsets.UTF_8), value, NOW));
    }
}
