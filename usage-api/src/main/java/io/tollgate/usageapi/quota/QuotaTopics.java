package io.tollgate.usageapi.quota;

import io.tollgate.avro.Quota;
import io.tollgate.avro.QuotaSettlement;
import io.tollgate.avro.QuotaState;
import io.tollgate.avro.Reservation;
import io.tollgate.quota.AdmissionBook;
import io.tollgate.quota.Admissions;
import io.tollgate.quota.StateName;
import io.tollgate.schemas.config.ConfigTable;
import io.tollgate.schemas.config.ReadersInTurn;
import io.tollgate.schemas.config.TopicReader;
import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.SchemaIds;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.usageapi.settings.UsageApiSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** The book of admissions of all gateways, followed and never written to. */
@Component
public final class QuotaTopics implements DisposableBean {
    /** Longer than any admission holds. */
    private static final Duration READ_BACK = Duration.ofHours(13);

    private static final Duration SWEEP = Duration.ofSeconds(10);

    private final AdmissionBook book = new AdmissionBook();
    private final Clock clock;
    private final ConfigTable<Quota> quotas;
    private final ReadersInTurn readers;
    private final ScheduledExecutorService sweeper;

    QuotaTopics(UsageApiSettings settings, SchemaIds ids, Clock clock) {
        KafkaCluster kafka = settings.cluster();
        this.clock = clock;
        this.quotas = ConfigTable.start(
                Topics.CONFIG_QUOTAS, kafka, AvroCodec.reading(Topics.CONFIG_QUOTAS, ids), book::quotaChanged);
        AvroCodec<QuotaState> states = AvroCodec.reading(Topics.QUOTA_STATES, ids);
        AvroCodec<Reservation> reservations = AvroCodec.reading(Topics.QUOTA_RESERVATIONS, ids);
        AvroCodec<QuotaSettlement> settlements = AvroCodec.reading(Topics.QUOTA_SETTLEMENTS, ids);
        this.readers = ReadersInTurn.after(
                quotas,
                List.of(
                        () -> TopicReader.fromBeginning(Topics.QUOTA_STATES, kafka, states, this::stateRead),
                        () -> TopicReader.fromAgo(
                                READ_BACK, Topics.QUOTA_RESERVATIONS, kafka, reservations, this::reservationRead),
                        () -> TopicReader.fromAgo(
                                READ_BACK, Topics.QUOTA_SETTLEMENTS, kafka, settlements, this::settlementRead)));
        this.sweeper = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "quotas sweep");
            daemon.setDaemon(true);
            return daemon;
        });
        var unused = sweeper.scheduleWithFixedDelay(
                () -> book.expire(now()), SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How quotas stand; null until all that there was at the start has been read. */
    @Nullable
    Admissions book() {
        return readers.caughtUp() ? book : null;
    }

    /** A quota by its id; null: there is none, as far as is known. */
    public @Nullable Quota quota(String id) {
        return quotas.get(id);
    }

    @Override
    public void destroy() {
        sweeper.shutdownNow();
        readers.close();
        quotas.close();
    }

    private void stateRead(int partition, byte[] key, @Nullable QuotaState state) {
        StateName name = state == null ? StateName.ofKey(key) : StateName.of(state);
        if (name != null) {
            book.stateRead(name, state);
        }
    }

    private void settlementRead(int partition, byte[] key, @Nullable QuotaSettlement settlement) {
        if (settlement != null) {
            book.settlementRead(settlement, now());
        }
    }

    private void reservationRead(int partition, byte[] key, @Nullable Reservation reservation) {
        if (reservation != null) {
            book.reservationRead(reservation, now());
        }
    }

    private long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }
}
