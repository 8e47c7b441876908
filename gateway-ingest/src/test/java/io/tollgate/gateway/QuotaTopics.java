package io.tollgate.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.avro.ApiKey;
import io.tollgate.avro.MovedState;
import io.tollgate.avro.Quota;
import io.tollgate.avro.QuotaSettlement;
import io.tollgate.avro.QuotaState;
import io.tollgate.avro.QuotaStatus;
import io.tollgate.avro.Reservation;
import io.tollgate.avro.User;
import io.tollgate.gateway.admission.Quotas;
import io.tollgate.quota.Periods;
import io.tollgate.quota.StateName;
import io.tollgate.quota.Window;
import io.tollgate.schemas.CompositeKey;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.SchemaRegistry;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** What the topology and the administrators write to the topics that admissions are decided on. */
final class QuotaTopics implements AutoCloseable {
    private static final long MICROS = 1_000_000;

    private final Codecs codecs;
    private final Producer<byte[], byte[]> producer;

    QuotaTopics(String kafka, String registry) {
        this.codecs = Codecs.settle(new SchemaRegistry(registry));
        this.producer = new KafkaProducer<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class));
    }

    void put(Quota quota) {
        for (PartitionInfo partition : producer.partitionsFor(Topics.CONFIG_QUOTAS.name())) {
            send(new ProducerRecord<>(
                    partition.topic(),
                    partition.partition(),
                    quota.getId().getBytes(UTF_8),
                    codecs.quotas().encode(quota)));
        }
    }

    void put(User user) {
        send(Topics.CONFIG_USERS, CompositeKey.of(user.getCompany(), user.getId()), codecs.users(), user);
    }

    void put(ApiKey key) {
        send(Topics.CONFIG_KEYS, key.getId().getBytes(UTF_8), codecs.keys(), key);
    }

    /** How a quota stands for a company in its window of now. */
    void used(Quota quota, String company, @Nullable String user, String used, long version) {
        long now = Instant.now().getEpochSecond() * MICROS;
        Window window = new Periods(quota.getPeriod(), ZoneOffset.UTC).at(now);
        QuotaState state = QuotaState.newBuilder()
                .setQuota(quota.getId())
                .setCompany(company)
                .setUser(user)
                .setMetric(quota.getMetric())
                .setCurrency(quota.getCurrency())
                .setUsed(Quotas.decimal(used))
                .setLimit(quota.getLimit())
                .setRemaining(Quotas.decimal("0"))
                .setStatus(status(quota, used))
                .setWindowStart(window.start())
                .setWindowEnd(window.end())
                .setResetsAt(window.end())
                .setVersion(version)
                .setChangedAt(now)
                .build();
        send(Topics.QUOTA_STATES, StateName.of(state).bytes(), codecs.quotaStates(), state);
    }

    void settled(String company, long version, String reservation, Quota moved) {
        QuotaSettlement settlement = new QuotaSettlement(
                company, version, List.of(reservation), List.of(new MovedState(moved.getId(), null, null, null)));
        send(Topics.QUOTA_SETTLEMENTS, company.getBytes(UTF_8), codecs.settlements(), settlement);
    }

    AvroCodec<Reservation> reservations() {
        return codecs.reservations();
    }

    AvroCodec<ApiKey> keys() {
        return codecs.keys();
    }

    private static QuotaStatus status(Quota quota, String used) {
        return Quotas.isAbove(used, quota.getLimit()) ? QuotaStatus.EXCEEDED : QuotaStatus.OK;
    }

    private <V extends SpecificRecord> void send(Topic topic, byte[] key, AvroCodec<V> codec, V value) {
        send(new ProducerRecord<>(topic.name(), key, codec.encode(value)));
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        try {
            producer.send(record).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
