package io.tollgate.streams;

import io.tollgate.avro.DeadLetter;
import io.tollgate.avro.Outcome;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.Submission;
import io.tollgate.avro.UsagePartial;
import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.PriceKey;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.FixedSchemaIds;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.streams.store.RocksMemory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The whole topology in Kafka's test driver, with the broker's clock in the test's hand. */
final class MeteringDriver implements AutoCloseable {
    final Codecs codecs;
    Instant now = Given.NOW;

    private final RocksMemory memory = new RocksMemory(64L << 20);
    private final TopologyTestDriver driver;

    MeteringDriver(Path stateDir) {
        FixedSchemaIds ids = new FixedSchemaIds();
        codecs = Codecs.settle(ids);
        StreamsSettings settings = new StreamsSettings(
                "localhost:1", "http://localhost", (short) 1, 1, "test", 1, 0, stateDir, 64, "classic");
        driver = new TopologyTestDriver(MeteringTopology.of(ids), StreamsProperties.of(settings, memory), now);
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

    void send(Topic topic, byte @Nullable [] key, byte @Nullable [] value) {
        driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, now));
    }

    /** Lets wall-clock time go by, as a thread would that looks at its timers each second. */
    void idle(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            driver.advanceWallClockTime(Duration.ofSeconds(1));
        }
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
        return read(Topics.USAGE_PARTIALS, codecs.partials());
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
