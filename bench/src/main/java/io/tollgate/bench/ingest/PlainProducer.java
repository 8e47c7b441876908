package io.tollgate.bench.ingest;

import io.tollgate.bench.Reading;
import io.tollgate.bench.load.UsageEvent;
import io.tollgate.bench.load.UsageLoad;
import io.tollgate.bench.process.Endpoints;
import io.tollgate.bench.process.EventTopic;
import io.tollgate.bench.process.EventTopic.Message;
import io.tollgate.bench.process.Stopwatch;
import io.tollgate.bench.process.Workload;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.SchemaRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * The limit of the gateway: records that lie ready as bytes, the very ones that the gateway would write, sent by a
 * producer with the gateway's settings until the last is acknowledged.
 */
final class PlainProducer implements Workload {
    private static final String TOPIC = "bench.produced";
    private static final int DISTINCT = 100_000;

    private final Producer<byte[], byte[]> producer;
    private final List<Message> messages = new ArrayList<>(DISTINCT);

    private PlainProducer(Endpoints endpoints) throws Exception {
        try (EventTopic topic = new EventTopic(endpoints.kafka(), TOPIC)) {
            EventTopic unused = topic.create();
        }
        producer = new KafkaProducer<>(EventTopic.producerSettings(endpoints.kafka()));
        Codecs codecs = Codecs.settle(new SchemaRegistry(endpoints.registry()));
        UsageLoad load = new UsageLoad(0, Instant.now());
        for (int i = 0; i < DISTINCT; i++) {
            UsageEvent event = load.next();
            messages.add(new Message(event.hash(), codecs.events().encode(event.submission())));
        }
    }

    /** Makes it. */
    public static final class Maker implements Workload.Maker {
        @Override
        public Workload make(Endpoints endpoints) throws Exception {
            return new PlainProducer(endpoints);
        }
    }

    @Override
    public Reading run(int round, int events) {
        AtomicLong acknowledged = new AtomicLong();
        Stopwatch watch = Stopwatch.start();
        for (int i = 0; i < events; i++) {
            Message message = messages.get(i % DISTINCT);
            Future<RecordMetadata> unused =
                    producer.send(new ProducerRecord<>(TOPIC, message.key(), message.value()), (sent, failure) -> {
                        if (failure == null) {
                            acknowledged.incrementAndGet();
                        }
                    });
        }
        producer.flush();
        Reading reading = watch.read(events);
        if (acknowledged.get() != events) {
            throw new IllegalStateException(acknowledged + " of " + events + " records were acknowledged");
        }
        return reading;
    }

    @Override
    public void close() {
        producer.close();
    }
}
