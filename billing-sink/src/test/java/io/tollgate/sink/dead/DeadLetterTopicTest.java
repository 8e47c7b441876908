package io.tollgate.sink.dead;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.DeadLetter;
import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.FixedSchemaIds;
import io.tollgate.schemas.trace.TraceContext;
import io.tollgate.sink.batch.DeadLetters.Letter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class DeadLetterTopicTest {
    private static final TraceContext TRACE =
            new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "vendor=value");

    @Test
    void aLetterIsPartOfTheTraceOfWhatItIsAbout() {
        Headers came = TRACE.headers().add("authorization", new byte[] {1});

        assertThat(record(came).headers()).isEqualTo(TRACE.headers());
        assertThat(record(new RecordHeaders()).headers()).isEmpty();
    }

    /** Without its original it would still be too large for a broker, and its partition would stand still. */
    @Test
    void aKeyThatAloneWouldMakeTheLetterTooLargeIsLeftOut() {
        assertThat(record(new RecordHeaders(), new byte[16]).key()).hasSize(16);
        assertThat(record(new RecordHeaders(), new byte[100_000]).key()).isNull();
    }

    private static ProducerRecord<byte[], byte[]> record(Headers headers) {
        return record(headers, new byte[16]);
    }

    private static ProducerRecord<byte[], byte[]> record(Headers headers, byte[] key) {
        ConsumerRecord<byte[], byte[]> origin = new ConsumerRecord<>("usage.rated", 0, 7, key, new byte[0]);
        headers.forEach(origin.headers()::add);
        DeadLetter letter = DeadLetter.newBuilder()
                .setCode("unreadable")
                .setDetail("no record")
                .setOriginTopic("usage.rated")
                .setOriginPartition(0)
                .setOriginOffset(7)
                .setOriginTimestamp(0)
                .build();
        try (DeadLetterTopic topic = new DeadLetterTopic(
                KafkaCluster.at("127.0.0.1:1"),
                Codecs.settle(new FixedSchemaIds()).dead())) {
            return topic.record(new Letter(origin, letter));
        }
    }
}
