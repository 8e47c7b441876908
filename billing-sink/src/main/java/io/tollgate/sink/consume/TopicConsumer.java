package io.tollgate.sink.consume;

import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.sink.batch.BatchMetrics;
import io.tollgate.sink.batch.BatchWriter;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.event.ConsumerRetryAuthEvent;
import org.springframework.kafka.event.ConsumerRetryAuthSuccessfulEvent;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.ContainerProperties.AssignmentCommitOption;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

/** One consumer thread of one topic. Several of the same group share the topic's partitions, in one process or many. */
public final class TopicConsumer {
    private static final int SESSION_TIMEOUT_MS = 10_000;
    private static final int HEARTBEAT_MS = 3_000;
    /** Brokers may refuse a consumer while its credentials are being changed: to give up would be to stop for good. */
    private static final Duration REFUSED_RETRY = Duration.ofSeconds(10);

    /** Waiting so long, or for so many bytes, makes batches under load and costs an idle system little delay. */
    private static final int FETCH_MAX_WAIT_MS = 50;

    private static final int FETCH_MIN_BYTES = 64 * 1024;
    /** Of a quiet topic's records each is news, and an idle one costs the broker two questions a second. */
    private static final int QUIET_FETCH_MAX_WAIT_MS = 500;

    private static final int QUIET_FETCH_MIN_BYTES = 1;
    /** Of what is fetched at once, as it lies in the log; there are some twenty consumers, which all hold as much. */
    private static final int FETCH_MAX_BYTES = 4 << 20;

    private static final int QUIET_FETCH_MAX_BYTES = 1 << 20;
    /** Records at a time: the largest event that is taken makes some 100 kB of each. */
    private static final int MOST_POLLED = 100;
    /** Unpacked, of one batch; ordinary records are far from it. */
    private static final long MOST_BYTES = 4 << 20;

    private final KafkaMessageListenerContainer<byte[], byte[]> container;
    private final ConsumerStatus status;
    private final String group;
    private final String topic;

    /**
     * @param name of the consumer, unique in the process
     * @param group shared by all that write the topic to the same books
     * @param batch most records in one transaction
     */
    public TopicConsumer(
            KafkaCluster kafka,
            String name,
            String group,
            Source source,
            int batch,
            BatchWriter<?> writer,
            DataSource database,
            TopicIdentities identities,
            BatchMetrics metrics) {
        this.group = group;
        this.topic = source.topic();
        status = new ConsumerStatus(name);
        TopicListener listener = new TopicListener(
                source.topic(), writer, new Positions(source, database, identities), identities, metrics, status);
        ContainerProperties properties = new ContainerProperties(source.topic());
        properties.setGroupId(group);
        properties.setClientId(name);
        properties.setMessageListener(listener);
        properties.setConsumerRebalanceListener(listener);
        properties.setAckMode(AckMode.MANUAL);
        properties.setSyncCommits(false);
        properties.setAssignmentCommitOption(AssignmentCommitOption.NEVER);
        properties.setAuthExceptionRetryInterval(REFUSED_RETRY);
        properties.setShutdownTimeout(Duration.ofSeconds(20).toMillis());
        container =
                new KafkaMessageListenerContainer<>(new Gathering(settings(kafka, source, batch), batch), properties);
        container.setBeanName(name);
        container.setCommonErrorHandler(new PatientErrorHandler(status));
        container.setApplicationEventPublisher(event -> heard(event, status));
        status.stopBy(() -> container.stop(() -> {}));
    }

    private static int step(int batch) {
        return Math.min(batch, MOST_POLLED);
    }

    /** Makes a consumer whose polls are batches, bounded by records and by bytes. */
    private static final class Gathering extends DefaultKafkaConsumerFactory<byte[], byte[]> {
        private final int batch;

        Gathering(Map<String, Object> settings, int batch) {
            super(settings);
            this.batch = batch;
        }

        @Override
        protected Consumer<byte[], byte[]> createRawConsumer(Map<String, Object> settings) {
            return new KafkaConsumer<>(settings) {
                private final Polls polls = new Polls(super::poll, this::assignment, step(batch), batch, MOST_BYTES);

                @Override
                public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
                    return polls.next(timeout);
                }
            };
        }
    }

    static void heard(Object event, ConsumerStatus status) {
        if (event instanceof ConsumerRetryAuthEvent) {
            status.refused();
        } else if (event instanceof ConsumerRetryAuthSuccessfulEvent) {
            status.admitted();
        }
    }

    private static Map<String, Object> settings(KafkaCluster kafka, Source source, int batch) {
        Map<String, Object> settings = kafka.settings();
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        // What the topology has taken back was never there.
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // Positions come from the database; one that the log does not have must not be replaced in silence, but
        // where that was agreed to.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, source.mayHaveGaps() ? "earliest" : "none");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, step(batch));
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, source.quiet() ? QUIET_FETCH_MIN_BYTES : FETCH_MIN_BYTES);
        settings.put(
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, source.quiet() ? QUIET_FETCH_MAX_WAIT_MS : FETCH_MAX_WAIT_MS);
        int fetched = source.quiet() ? QUIET_FETCH_MAX_BYTES : FETCH_MAX_BYTES;
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, fetched);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, fetched);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MS);
        return settings;
    }

    public void start() {
        container.start();
    }

    public void stop() {
        container.stop();
    }

    public boolean isRunning() {
        return container.isRunning();
    }

    public String group() {
        return group;
    }

    public String topic() {
        return topic;
    }

    public ConsumerStatus status() {
        return status;
    }
}
