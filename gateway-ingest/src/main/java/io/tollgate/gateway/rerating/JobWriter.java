package io.tollgate.gateway.rerating;

import io.tollgate.avro.JobProgress;
import io.tollgate.avro.PartitionProgress;
import io.tollgate.avro.Submission;
import io.tollgate.schemas.config.ConfigKeys;
import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The one writer of a job, however many gateways there are: submissions and the progress that tells of them go into one
 * transaction, under an id that is the job's. Whoever takes it fences who had it, and finds its last transaction
 * whole or gone.
 *
 * <p>Readers of {@code usage.events}, the topology among them, wait behind an open transaction: it is begun when all
 * that goes into it is at hand, and ended at once.
 */
final class JobWriter implements AutoCloseable {
    private static final String TRANSACTIONAL_ID = "tollgate-rerating-";
    private static final Duration STEP = Duration.ofSeconds(5);
    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final int BATCH_BYTES = 128 << 10;

    /** A submission and the hash of its event, which is its key. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Message(byte[] event, Submission submission) {}

    private final Codecs codecs;
    private final Producer<byte[], byte[]> producer;

    JobWriter(KafkaCluster kafka, Codecs codecs, String job) {
        this.codecs = codecs;
        this.producer = new KafkaProducer<>(settings(kafka, job));
    }

    /** From here on nobody else writes for the job, and what was written for it is committed or will never be. */
    void claim() {
        producer.initTransactions();
    }

    /**
     * Writes all of it or nothing, and notes in the progress how far the submissions reach.
     *
     * @throws KafkaException if that is not known to have succeeded; this writer is of no use then
     */
    void write(JobProgress progress, List<Message> messages) {
        try {
            producer.beginTransaction();
            send(progress, messages);
            Future<RecordMetadata> unused = producer.send(new ProducerRecord<>(
                    Topics.JOBS_PROGRESS.name(),
                    ConfigKeys.of(progress),
                    codecs.jobsProgress().encode(progress)));
            producer.commitTransaction();
        } catch (IllegalStateException e) {
            // The client says so of a producer that it has given up itself.
            throw new KafkaException(e);
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE);
    }

    private void send(JobProgress progress, List<Message> messages) {
        if (messages.isEmpty()) {
            return;
        }
        List<Future<RecordMetadata>> sent = new ArrayList<>(messages.size());
        for (Message message : messages) {
            sent.add(producer.send(new ProducerRecord<>(
                    Topics.USAGE_EVENTS.name(), message.event(), codecs.events().encode(message.submission()))));
        }
        producer.flush();
        Map<Integer, PartitionProgress> partitions = new HashMap<>();
        progress.getPartitions().forEach(partition -> partitions.put(partition.getPartition(), partition));
        for (Future<RecordMetadata> one : sent) {
            RecordMetadata at = get(one);
            // Partition n of usage.rated is made of partition n of usage.events.
            PartitionProgress partition = partitions.get(at.partition());
            if (partition == null) {
                throw new IllegalArgumentException("usage.rated has no partition " + at.partition());
            }
            partition.setSentTo(Math.max(partition.getSentTo(), at.offset() + 1));
        }
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while sending", e);
        }
    }

    private static Map<String, Object> settings(KafkaCluster kafka, String job) {
        Map<String, Object> settings = kafka.settings();
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "tollgate-gateway-" + job);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID + job);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) STEP.toMillis());
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) STEP.toMillis());
        // What a gateway that dies in the middle holds the topology up for, where no other takes the job before.
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) STEP.toMillis());
        return settings;
    }
}
