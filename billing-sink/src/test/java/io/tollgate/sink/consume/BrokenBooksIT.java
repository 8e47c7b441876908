package io.tollgate.sink.consume;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.avro.Outcome;
import io.tollgate.avro.OutcomeKind;
import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topic.Spread;
import io.tollgate.sink.Records;
import io.tollgate.sink.SinkStack;
import io.tollgate.sink.batch.BatchMetrics;
import io.tollgate.sink.batch.BatchWriter;
import io.tollgate.sink.database.Database;
import io.tollgate.sink.database.DatabaseSettings;
import io.tollgate.sink.migration.Migrations;
import io.tollgate.sink.outcome.OutcomeWriter;
import io.tollgate.sink.partition.DailyPartitions;
import io.tollgate.sink.partition.DailyTable;
import io.tollgate.sink.progress.ExactlyOnceTransaction;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log that can't be continued stops the consumer, loudly, and writes nothing. */
class BrokenBooksIT {
    private final SinkStack stack = SinkStack.shared();
    private HikariDataSource pool;
    private Admin admin;

    @BeforeEach
    void open() {
        pool = Database.pool(new DatabaseSettings(
                stack.postgres.jdbcUrl(), stack.postgres.user(), stack.postgres.password(), "broken", "broken", 4));
        new Migrations(pool, "broken").migrate();
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafka.bootstrapServers()));
    }

    @AfterEach
    void close() {
        admin.close();
        pool.close();
    }

    private Topic make(String name) throws Exception {
        admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
        return new Topic(name, Outcome.getClassSchema(), Spread.SINGLE, Duration.ofDays(1));
    }

    private TopicConsumer consumer(Topic topic) {
        return consumer(topic, false);
    }

    private TopicConsumer consumer(Topic topic, boolean mayHaveGaps) {
        BatchMetrics metrics = new BatchMetrics(new SimpleMeterRegistry(), Clock.systemUTC(), topic.name());
        DailyPartitions partitions =
                new DailyPartitions(pool, Clock.systemUTC(), new DailyTable("event_outcomes", Duration.ofDays(75)));
        return new TopicConsumer(
                KafkaCluster.at(stack.kafka.bootstrapServers()),
                topic.name(),
                topic.name(),
                new Source(topic.name(), false, mayHaveGaps),
                100,
                new BatchWriter<>(
                        new OutcomeWriter(stack.codecs.outcomes(), partitions),
                        new ExactlyOnceTransaction(pool),
                        letters -> {
                            throw new IllegalStateException("no record here is to be refused");
                        },
                        metrics),
                pool,
                new TopicIdentities(admin),
                metrics);
    }

    private void send(Topic topic, int from, int to) {
        for (int i = from; i < to; i++) {
            Outcome outcome = Records.outcome(topic.name(), "req", base(topic) + i, OutcomeKind.DUPLICATE);
            stack.send(topic, new byte[16], stack.codecs.outcomes().encode(outcome));
        }
        stack.flush();
    }

    /** The tests share a table, whose key is where a submission lies. */
    private static long base(Topic topic) {
        return topic.name().hashCode() * 1_000L;
    }

    private String count(Topic topic) {
        return "SELECT count(*) FROM broken.event_outcomes WHERE company = '" + topic.name() + "'";
    }

    private void writeTen(Topic topic) {
        TopicConsumer consumer = consumer(topic);
        consumer.start();
        send(topic, 0, 10);
        stack.awaitQuery(count(topic), "10");
        consumer.stop();
    }

    private void stopsWith(Topic topic, String reason) {
        TopicConsumer consumer = consumer(topic);
        consumer.start();
        try {
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                            consumer.status().complaint())
                    .contains(reason));
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !consumer.isRunning());
            assertThat(stack.query(count(topic))).isEqualTo("10");
        } finally {
            consumer.stop();
        }
    }

    @Test
    void aTopicMadeAnewUnderTheSameNameIsNotContinued() throws Exception {
        Topic topic = make("sink.recreated");
        writeTen(topic);
        admin.deleteTopics(List.of(topic.name())).all().get();
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> !admin.listTopics().names().get().contains(topic.name()));
        make(topic.name());
        send(topic, 10, 40);

        stopsWith(topic, "made anew");
    }

    @Test
    void recordsDeletedBeforeTheyWereWrittenAreNotPassedOver() throws Exception {
        Topic topic = make("sink.truncated");
        writeTen(topic);
        send(topic, 10, 40);
        admin.deleteRecords(Map.of(new TopicPartition(topic.name(), 0), RecordsToDelete.beforeOffset(20)))
                .all()
                .get();

        stopsWith(topic, "are gone");
    }

    @Test
    void whereGapsAreAllowedTheRestIsWritten() throws Exception {
        Topic topic = make("sink.gaps");
        writeTen(topic);
        send(topic, 10, 40);
        admin.deleteRecords(Map.of(new TopicPartition(topic.name(), 0), RecordsToDelete.beforeOffset(20)))
                .all()
                .get();

        TopicConsumer consumer = consumer(topic, true);
        consumer.start();
        stack.awaitQuery(count(topic), "30");
        consumer.stop();
    }

    @Test
    void aStoppedConsumerGoesOnWhereTheBooksEndWhateverItsGroupSays() throws Exception {
        Topic topic = make("sink.continued");
        writeTen(topic);
        Awaitility.await()
                .ignoreExceptions()
                .until(() ->
                        admin.deleteConsumerGroups(List.of(topic.name())).all().get() == null);
        send(topic, 10, 25);

        TopicConsumer consumer = consumer(topic);
        consumer.start();
        stack.awaitQuery(count(topic), "25");
        consumer.stop();
    }
}
