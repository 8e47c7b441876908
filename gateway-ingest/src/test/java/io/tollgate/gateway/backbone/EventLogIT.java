package io.tollgate.gateway.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.avro.Submission;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.FixedSchemaIds;
import io.tollgate.schemas.topic.TopicSetup;
import io.tollgate.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogIT {
    private static final EventLog.Entry ENTRY = new EventLog.Entry() {
        @Override
        public byte[] key() {
            return EventHash.of("acme", "s", "e");
        }

        @Override
        public Submission submission() {
            return Submission.newBuilder()
                    .setCompany("acme")
                    .setKind(SubmissionKind.VOID)
                    .setSource("s")
                    .setId("e")
                    .setReceivedAt(0)
                    .build();
        }
    };

    @Test
    void aProducerThatHasEndedIsMadeAnew(@TempDir Path folder) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder);
                Admin admin =
                        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
            new TopicSetup(admin, 1, (short) 1).run();
            Acks acks = new Acks("events");
            AvroCodec<Submission> codec = AvroCodec.of(Topics.USAGE_EVENTS, new FixedSchemaIds());
            try (EventLog log = new EventLog(
                            KafkaCluster.at(kafka.bootstrapServers()), codec, acks, Duration.ZERO, 1 << 20);
                    BrokerWatch watch = new BrokerWatch(admin, new BrokerWatch.Watched(log.producer(), acks))) {
                watch.start();
                await().until(acks::expected);
                assertThat(log.append(List.of(ENTRY), null).join()).isTrue();

                Producer<byte[], byte[]> first = log.producer().current();
                first.close();
                assertThat(log.append(List.of(ENTRY), null).join()).isFalse();

                await().until(() -> log.append(List.of(ENTRY), null).join());
                assertThat(log.producer().current()).isNotSameAs(first);
                await().untilAsserted(() -> assertThat(acks.expected()).isTrue());
            }
        }
    }
}
