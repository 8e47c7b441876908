package io.tollgate.streams;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.avro.Alert;
import io.tollgate.avro.AlertRule;
import io.tollgate.avro.DeadLetter;
import io.tollgate.avro.Entry;
import io.tollgate.avro.Outcome;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.avro.Quota;
import io.tollgate.avro.QuotaReset;
import io.tollgate.avro.QuotaSettlement;
import io.tollgate.avro.QuotaState;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.Submission;
import io.tollgate.avro.UsagePartial;
import io.tollgate.quota.StateName;
import io.tollgate.schemas.CompositeKey;
import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.PriceKey;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.FixedSchemaIds;
import io.tollgate.schemas.serde.SchemaIds;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.streams.meter.OutcomeMetrics;
import io.tollgate.streams.store.RocksMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The whole topology in Kafka's test driver, with the broker's clock in the test's hand. */
final class MeteringDriver implements AutoCloseable {
    final Codecs codecs;
    Instant now;
    /** Of every record that is sent. */
    Headers headers = new RecordHeaders();

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final SchemaIds ids;
    private final RocksMemory memory = new RocksMemory(64L << 20);
    private final Map<StateName, QuotaState> states = new HashMap<>();
    private final Path stateDir;
    private TopologyTestDriver driver;

    MeteringDriver(Path stateDir) {
        this(stateDir, Given.NOW);
    }

    MeteringDriver(Path stateDir, Instant now) {
        this(stateDir, now, new FixedSchemaIds());
    }

    MeteringDriver(Path stateDir, Instant now, SchemaIds ids) {
        this.now = now;
        this.ids = ids;
        this.stateDir = stateDir;
        codecs = Codecs.settle(ids);
        driver = start(StreamsConfig.EXACTLY_ONCE_V2);
    }

    private TopologyTestDriver start(String guarantee) {
        keepTaskFolder();
        StreamsSettings settings = new StreamsSettings(
                "localhost:1",
                Map.of(),
                "http://localhost",
                null,
                null,
                null,
                (short) 1,
                1,
                "test",
                1,
                0,
                stateDir,
                64,
                "classic");
        Properties properties = StreamsProperties.of(settings, memory);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee);
        return new TopologyTestDriver(MeteringTopology.of(ids, new OutcomeMetrics(meters)), properties, now);
    }

    /** A new task on what the last one has written to its persistent stores. */
    void restart() {
        states(); // what was sent is gone with the driver
        driver.close();
        // Exactly-once would restore the stores from their changelogs, which a new driver has not got.
        driver = start(StreamsConfig.AT_LEAST_ONCE);
    }

    /** By name; of the task that runs. */
    Map<String, StateStore> stores() {
        return driver.getAllStateStores();
    }

    /** What is in all of them, with every schema of this build. */
    FrozenStores frozen() {
        SortedMap<Integer, Schema> schemas = new TreeMap<>();
        for (Topic topic : Topics.ALL) {
            schemas.put(ids.idFor(topic.subject(), topic.value()), topic.value());
        }
        Schema entry = Entry.getClassSchema();
        schemas.put(ids.idFor("meter-entries", entry), entry);
        return FrozenStores.of(stores(), schemas);
    }

    /** The driver deletes the task's folder when it closes: of a link nothing but the link. */
    private void keepTaskFolder() {
        try {
            Path folder = Files.createDirectories(stateDir.resolve("kept"));
            Path application = Files.createDirectories(stateDir.resolve(MeteringTopology.APPLICATION_ID));
            Files.createSymbolicLink(application.resolve("0_0"), folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the gateway writes it. */
    void event(Submission submission) {
        byte[] key = EventHash.of(submission.getCompany(), submission.getSource(), submission.getId());
        send(Topics.USAGE_EVENTS, key, codecs.events().encode(submission));
    }

    /** As any producer might. */
    void inbox(byte @Nullable [] key, Submission submission) {
        send(Topics.USAGE_INBOX, key, codecs.inbox().encode(submission));
    }

    void price(PriceTimeline timeline) {
        send(Topics.CONFIG_PRICES, PriceKey.of(timeline), codecs.prices().encode(timeline));
    }

    void quota(Quota quota) {
        send(
                Topics.CONFIG_QUOTAS,
                quota.getId().getBytes(StandardCharsets.UTF_8),
                codecs.quotas().encode(quota));
    }

    void noQuota(String id) {
        send(Topics.CONFIG_QUOTAS, id.getBytes(StandardCharsets.UTF_8), null);
    }

    void rule(AlertRule rule) {
        send(
                Topics.CONFIG_ALERTS,
                rule.getId().getBytes(StandardCharsets.UTF_8),
                codecs.alertRules().encode(rule));
    }

    void noRule(String id) {
        send(Topics.CONFIG_ALERTS, id.getBytes(StandardCharsets.UTF_8), null);
    }

    void send(Topic topic, byte @Nullable [] key, byte @Nullable [] value) {
        driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, headers, now));
    }

    /** Lets wall-clock time go by, as a thread would that looks at its timers each second. */
    void idle(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            driver.advanceWallClockTime(Duration.ofSeconds(1));
        }
    }

    /** Lets time go by in which nothing happens, at once. */
    void leap(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
        idle(Duration.ofSeconds(2));
        now = now.plusSeconds(2);
    }

    /** Every quota's states as they were last written. */
    Map<StateName, QuotaState> states() {
        for (TestRecord<byte[], byte[]> record : records(Topics.QUOTA_STATES)) {
            List<@Nullable String> parts = CompositeKey.parts(record.key());
            StateName name = new StateName(
                    Objects.requireNonNull(parts.get(0)),
                    Objects.requireNonNull(parts.get(1)),
                    parts.get(2),
                    parts.get(3));
            if (record.value() == null) {
                states.remove(name);
            } else {
                states.put(name, codecs.quotaStates().decode(record.value()));
            }
        }
        return states;
    }

    List<QuotaReset> resets() {
        return read(Topics.QUOTA_RESETS, codecs.quotaResets());
    }

    List<QuotaSettlement> settlements() {
        return read(Topics.QUOTA_SETTLEMENTS, codecs.settlements());
    }

    List<RatedUsage> rated() {
        return read(Topics.USAGE_RATED, codecs.rated());
    }

    List<Outcome> outcomes() {
        return read(Topics.USAGE_OUTCOMES, codecs.outcomes());
    }

    List<DeadLetter> dead() {
        return read(Topics.USAGE_DEAD, codecs.dead());
    }

    List<UsagePartial> partials() {
        return read(Topics.USAGE_PARTIALS, codecs.partials()).stream()
                .flatMap(sent -> sent.getPartials().stream())
                .toList();
    }

    List<Alert> alerts() {
        return read(Topics.COST_ALERTS, codecs.alerts());
    }

    List<TestRecord<byte[], byte[]>> records(Topic topic) {
        TestOutputTopic<byte[], byte[]> output =
                driver.createOutputTopic(topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        return output.readRecordsToList();
    }

    private <T extends SpecificRecord> List<T> read(Topic topic, AvroCodec<T> codec) {
        List<T> values = new ArrayList<>();
        records(topic).forEach(record -> values.add(codec.decode(record.value())));
        return values;
    }

    @Override
    public void close() {
        driver.close();
        memory.close();
    }
}
