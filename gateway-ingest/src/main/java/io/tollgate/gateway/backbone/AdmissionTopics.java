package io.tollgate.gateway.backbone;

import io.tollgate.avro.Quota;
import io.tollgate.avro.QuotaSettlement;
import io.tollgate.avro.QuotaState;
import io.tollgate.avro.Reservation;
import io.tollgate.quota.AdmissionBook;
import io.tollgate.quota.Admissions;
import io.tollgate.quota.StateName;
import io.tollgate.schemas.background.Background;
import io.tollgate.schemas.config.ConfigTable;
import io.tollgate.schemas.config.ReadersInTurn;
import io.tollgate.schemas.config.TopicReader;
import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The book of admissions and the topics that it lives on: how quotas stand, what has been settled, what any gateway has
 * granted. What this gateway grants and releases is written here, and is in the book already when it is read back.
 */
public final class AdmissionTopics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdmissionTopics.class);
    /** The longest that an admission may hold: what was granted before that is over. */
    public static final Duration LONGEST_HOLD = Duration.ofHours(12);

    /** The gateway's clock and the broker's may differ, and no hold must be missed for that. */
    private static final Duration READ_BACK = LONGEST_HOLD.plusHours(1);

    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    /** This running process: another one each time it starts, or it would not read back what it granted before. */
    private final String gateway = "gw_" + UUID.randomUUID();

    private final AdmissionBook book;
    private final Acks acks = new Acks("admissions");
    private final ReservationLog log;
    private final ReadersInTurn readers;
    private final Queue<Reservation> undone = new ConcurrentLinkedQueue<>();
    private final Background background = new Background("admissions", this::run);

    /**
     * Begins to read, once all quotas are known: what was counted before a quota changed what it counts is forgotten with
     * the change, and must not be read before it.
     *
     * @param book is told of changes of the quotas by whoever reads them
     */
    AdmissionTopics(KafkaCluster kafka, Codecs codecs, AdmissionBook book, ConfigTable<Quota> quotas) {
        this.book = book;
        this.log = new ReservationLog(kafka, codecs.reservations(), acks);
        this.readers = ReadersInTurn.after(
                quotas,
                List.of(
                        () -> TopicReader.fromBeginning(
                                Topics.QUOTA_STATES, kafka, codecs.quotaStates(), this::stateRead),
                        () -> TopicReader.fromAgo(
                                READ_BACK,
                                Topics.QUOTA_RESERVATIONS,
                                kafka,
                                codecs.reservations(),
                                this::reservationRead),
                        () -> TopicReader.fromAgo(
                                READ_BACK,
                                Topics.QUOTA_SETTLEMENTS,
                                kafka,
                                codecs.settlements(),
                                this::settlementRead)));
        background.start();
    }

    /** Who decides. */
    public Admissions decisions() {
        return book;
    }

    /** Name of this running gateway on what it grants. */
    public String gateway() {
        return gateway;
    }

    /** Reservations that hold something. */
    public int open() {
        return book.openReservations();
    }

    /**
     * Writes what was granted; nobody may be told of it before it is acknowledged. Where it was not, it is taken back: at
     * once where it can't have been written, else as soon as a release of it is acknowledged, or when it expires.
     */
    public CompletableFuture<Boolean> grant(Reservation granted) {
        return log.append(granted).thenApply(delivery -> {
            if (delivery == Delivery.NOT_SENT) {
                boolean ignored = book.release(granted.getCompany(), granted.getId(), now());
            } else if (delivery == Delivery.UNKNOWN) {
                undone.add(granted);
            }
            return delivery == Delivery.ACKNOWLEDGED;
        });
    }

    /** Gives back what a reservation holds, here and on every other gateway; false where that is not acknowledged. */
    public CompletableFuture<Boolean> release(Reservation reservation) {
        Reservation released = Reservation.newBuilder(reservation)
                .setGateway(gateway)
                .setReleased(true)
                .setHolds(List.of())
                .build();
        return log.append(released).thenApply(delivery -> {
            boolean acknowledged = delivery == Delivery.ACKNOWLEDGED;
            if (acknowledged) {
                boolean ignored = book.release(reservation.getCompany(), reservation.getId(), now());
            }
            return acknowledged;
        });
    }

    /** Whether everything that the topics held at the start is in the book, and a grant can be expected to be acknowledged. */
    boolean areReady() {
        return readers.caughtUp() && acks.expected();
    }

    BrokerWatch.Watched watched() {
        return new BrokerWatch.Watched(log.producer(), acks);
    }

    /** Lets what is under way be acknowledged. */
    @Override
    public void close() {
        background.interrupt();
        log.close();
        background.await(CLOSE);
        readers.close();
    }

    private void stateRead(int partition, byte[] key, @Nullable QuotaState state) {
        StateName name = state == null ? StateName.ofKey(key) : StateName.of(state);
        if (name == null) {
            LOG.error("{}: a record whose key names no state", Topics.QUOTA_STATES);
        } else {
            book.stateRead(name, state);
        }
    }

    private void settlementRead(int partition, byte[] key, @Nullable QuotaSettlement settlement) {
        if (settlement != null) {
            book.settlementRead(settlement, now());
        }
    }

    private void reservationRead(int partition, byte[] key, @Nullable Reservation reservation) {
        if (reservation != null && !reservation.getGateway().equals(gateway)) {
            book.reservationRead(reservation, now());
        }
    }

    private void run() {
        while (background.pause(SWEEP)) {
            book.expire(now());
            if (acks.expected()) {
                releaseUndone();
            }
        }
    }

    /** Nobody was told of these, so nobody can use them. */
    private void releaseUndone() {
        long now = now();
        for (int left = undone.size(); left > 0; left--) {
            Reservation next = undone.poll();
            if (next != null && next.getExpiresAt() > now) {
                CompletableFuture<Void> ignored = release(next).thenAccept(done -> {
                    if (!done) {
                        undone.add(next);
                    }
                });
            }
        }
    }

    private static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
