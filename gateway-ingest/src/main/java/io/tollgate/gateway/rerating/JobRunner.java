package io.tollgate.gateway.rerating;

import io.tollgate.avro.Job;
import io.tollgate.avro.Rerating;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.backbone.Connector;
import io.tollgate.schemas.background.Background;
import io.tollgate.schemas.serde.RegistryException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for jobs and runs them, one at a time, on a thread of its own. Every gateway has one; whichever finds a job
 * first takes it. On a stop the job is left for whoever looks next, this gateway after a restart among them.
 */
public final class JobRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(10);

    private final Connector connector;
    private final Clock clock;
    private final int inFlight;
    private final String gateway = UUID.randomUUID().toString();
    private final JobQueue queue = new JobQueue(gateway);
    private final Background background = new Background("jobs", this::run);

    /**
     * Not running yet.
     *
     * @param inFlight events that may wait before the topology because of a job
     */
    public JobRunner(Connector connector, Clock clock, int inFlight) {
        this.connector = connector;
        this.clock = clock;
        this.inFlight = inFlight;
    }

    public void start() {
        background.start();
    }

    /** Returns when nothing of it runs any more. */
    @Override
    public void close() {
        background.end();
        background.await(CLOSE);
    }

    private void run() {
        do {
            try {
                Backbone backbone = connector.backbone();
                if (backbone != null && backbone.knowsConfiguration()) {
                    runNext(backbone);
                }
            } catch (RuntimeException e) {
                // Nobody would look for jobs any more.
                LOG.error("a job could not be run", e);
                rest();
            }
        } while (background.pause(LOOK));
    }

    private void rest() {
        boolean ignored = background.pause(AFTER_FAILURE);
    }

    private void runNext(Backbone backbone) {
        Optional<Job> next = queue.next(backbone.jobs().values(), backbone.jobsProgress()::get, System.nanoTime());
        if (next.isEmpty()) {
            return;
        }
        Job job = next.get();
        Rerating asked = job.getRerating();
        if (asked == null) {
            return;
        }
        try (ReratingRun run = new ReratingRun(job, asked, gateway, backbone, surroundings, clock)) {
            try {
                run.run();
            } catch (KafkaException | RegistryException e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.error("{} failed", job.getId(), e);
                run.fail(e);
            }
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            LOG.info("{}: another gateway has taken it", job.getId());
            rest();
        } catch (KafkaException | RegistryException e) {
            LOG.warn("{} waits: {}", job.getId(), e.toString());
            rest();
        }
    }

    private final ReratingRun.Surroundings surroundings = new ReratingRun.Surroundings() {
        @Override
        public int mostInFlight() {
            return inFlight;
        }

        @Override
        public boolean isStopping() {
            return !background.isOpen();
        }

        @Override
        public void pause(Duration time) {
            boolean unused = background.pause(time);
        }
    };
}
