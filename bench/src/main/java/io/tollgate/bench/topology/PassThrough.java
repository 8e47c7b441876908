package io.tollgate.bench.topology;

import io.tollgate.bench.Reading;
import io.tollgate.bench.process.Drain;
import io.tollgate.bench.process.Endpoints;
import io.tollgate.bench.process.EventTopic;
import io.tollgate.bench.process.Workload;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/**
 * The limit of the topology: Streams from a source to a sink, exactly-once, with the metering service's producer
 * settings, commit interval and threads, over the same records. No store, no thought.
 */
final class PassThrough implements Workload {
    private static final String FROM = "bench.events";
    private static final String TO = "bench.passed";
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Endpoints endpoints;
    private final EventTopic from;
    private final Events events;

    private PassThrough(Endpoints endpoints) throws Exception {
        this.endpoints = endpoints;
        this.events = new Events(endpoints);
        this.from = new EventTopic(endpoints.kafka(), FROM).create();
        try (EventTopic to = new EventTopic(endpoints.kafka(), TO)) {
            EventTopic unused = to.create();
        }
    }

    /** Makes it. */
    public static final class Maker implements Workload.Maker {
        @Override
        public Workload make(Endpoints endpoints) throws Exception {
            return new PassThrough(endpoints);
        }
    }

    /** Reads the topic from its beginning, each round under a new name. */
    @Override
    public Reading run(int round, int count) throws Exception {
        long missing = count - from.end();
        if (missing > 0) {
            from.fill(Math.toIntExact(missing), events.source(0));
        }
        String group = "bench-pass-through-" + round;
        try (KafkaStreams streams = new KafkaStreams(topology(), properties(group))) {
            streams.start();
            return Drain.until(() -> from.committed(group), 0, from.end(), LIMIT);
        }
    }

    @Override
    public void close() {
        from.close();
    }

    private static Topology topology() {
        ByteArrayDeserializer read = new ByteArrayDeserializer();
        ByteArraySerializer write = new ByteArraySerializer();
        return new Topology()
                .addSource(AutoOffsetReset.earliest(), "from", read, read, FROM)
                .addSink("to", TO, write, write, "from");
    }

    private Properties properties(String group) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, group);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, endpoints.kafka());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100L);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, TopologyComparison.THREADS);
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, "streams");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 << 10);
        return properties;
    }
}
