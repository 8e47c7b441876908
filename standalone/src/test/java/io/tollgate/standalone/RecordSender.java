package io.tollgate.standalone;

import io.tollgate.schemas.topic.Topic;
import io.tollgate.standalone.client.Endpoints;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes single records to the stack's Kafka, past the gateway. */
final class RecordSender {
    private RecordSender() {}

    /** Returns when the broker has it. */
    static void send(Endpoints at, Topic topic, byte[] value) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", at.kafka());
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic.name(), value)).get(10, TimeUnit.SECONDS);
        }
    }
}
