package io.tollgate.gateway.period;

import io.tollgate.avro.Actor;
import io.tollgate.avro.ActorKind;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.backbone.Connector;
import io.tollgate.schemas.background.Background;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes each month a while after its end, where that is wanted. Every gateway looks; whichever is first closes it, and the
 * others find it closed.
 */
public final class PeriodCloser implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeriodCloser.class);
    private static final Actor ACTOR = new Actor(ActorKind.SYSTEM, "grace of periods", null, null);
    /** Of Kafka, which may have to answer it. */
    private static final Duration CLOSE = Duration.ofSeconds(10);

    private final Connector connector;
    private final Clock clock;
    private final @Nullable Duration grace;
    private final Duration look;
    private final Background background = new Background("periods", this::run);

    /**
     * Not running yet.
     *
     * @param grace after a month's end; null: nobody closes a month but an administrator
     * @param look how often it looks
     */
    public PeriodCloser(Connector connector, Clock clock, @Nullable Duration grace, Duration look) {
        this.connector = connector;
        this.clock = clock;
        this.grace = grace;
        this.look = look;
    }

    public void start() {
        if (grace != null) {
            background.start();
        }
    }

    /** Returns when nothing of it runs any more. */
    @Override
    public void close() {
        background.end();
        background.await(CLOSE);
    }

    private void run() {
        do {
            closeWhatIsDue();
        } while (background.pause(look));
    }

    private void closeWhatIsDue() {
        Backbone backbone = connector.backbone();
        if (backbone == null || grace == null || !backbone.knowsConfiguration()) {
            return;
        }
        YearMonth due = Months.due(clock.instant(), grace);
        // Asked of the own table first: to take the writer of configuration holds up whoever has it.
        if (Months.closing(due, backbone.periods().values()) != null) {
            return;
        }
        try {
            if (PeriodClosing.close(ACTOR, backbone, due, clock) instanceof PeriodClosing.Closed now && now.isNew()) {
                LOG.info("{} is closed: it ended {} ago or more", due, grace);
            }
        } catch (KafkaException e) {
            LOG.warn("{} could not be closed and is tried again: {}", due, e.toString());
        } catch (RuntimeException e) {
            // Nobody would close a month any more.
            LOG.error("{} could not be closed", due, e);
        }
    }
}
