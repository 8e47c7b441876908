package io.tollgate.gateway.rerating;

import io.tollgate.avro.Job;
import io.tollgate.avro.JobPhase;
import io.tollgate.avro.JobProgress;
import io.tollgate.avro.JobWish;
import io.tollgate.avro.PartitionProgress;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.Rerating;
import io.tollgate.avro.Submission;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.backbone.Offsets;
import io.tollgate.gateway.rerating.JobWriter.Message;
import io.tollgate.schemas.submission.SubmissionLimits;
import io.tollgate.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One job in this gateway's hands, from where it was left to its end or until it is to stop. Every step is small, and
 * between two of them nothing is open: what a stop loses is read again.
 */
final class ReratingRun implements AutoCloseable {
    /** What its submissions name as their source; their id is the job's. */
    private static final String SOURCE = "tollgate.reratings";

    /**
     * Rows that are looked at, and submitted if they must, in one transaction: some milliseconds, for which the
     * topology waits.
     */
    private static final int BATCH = 2_000;

    /** How long rows may be read without a word of it. */
    private static final Duration SAVE = Duration.ofSeconds(1);

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration READ_LIMIT = Duration.ofSeconds(10);

    /** How far an event's time may lie ahead of the broker's: what the topology takes. */
    private static final Duration MOST_AHEAD = SubmissionLimits.MAX_AHEAD.plusHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(ReratingRun.class);

    /** What the job is run for. */
    interface Surroundings {
        /** Events that may wait before the topology because of it. */
        int mostInFlight();

        /** Whether it is to stop here; another gateway, or this one later, goes on. */
        boolean isStopping();

        /** Waits, but not beyond a stop. */
        void pause(Duration time);
    }

    private final Job job;
    private final Rerating asked;
    private final Backbone backbone;
    private final Surroundings surroundings;
    private final Clock clock;
    private final Offsets offsets;
    private final Topology topology;
    private final JobWriter writer;
    private final int batch;
    private final List<Message> messages = new ArrayList<>();

    /** As it was written last. */
    private JobProgress progress;

    private long savedNanos;
    private @Nullable Entrance entrance;
    private @Nullable Scan scan;

    /**
     * Takes the job.
     *
     * @param gateway who takes it
     */
    ReratingRun(Job job, Rerating asked, String gateway, Backbone backbone, Surroundings surroundings, Clock clock) {
        this.job = job;
        this.asked = asked;
        this.backbone = backbone;
        this.surroundings = surroundings;
        this.clock = clock;
        this.offsets = new Offsets(backbone.admin());
        this.batch = Math.min(BATCH, surroundings.mostInFlight());
        this.topology = new Topology(backbone.kafka(), offsets, surroundings.mostInFlight());
        this.writer = new JobWriter(backbone.kafka(), backbone.codecs(), job.getId());
        this.progress = JobProgress.newBuilder()
                .setId(job.getId())
                .setPhase(JobPhase.WAITING)
                .setStartedAt(now())
                .setUpdatedAt(now())
                .build();
        try {
            claim(gateway);
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    /** What the topology must have done, and this gateway have read, before the ledger is. */
    private record Entrance(Map<TopicPartition, Long> done, CompletableFuture<Void> pricesRead) {}

    private record Scan(Selection selection, Prices prices, LedgerReader reader, Tally tally) {}

    void run() {
        while (goesOn()) {
            switch (progress.getPhase()) {
                case WAITING -> enter();
                case SCANNING -> read();
                case SETTLING -> settle();
                default -> throw new IllegalStateException("no phase to be in: " + progress.getPhase());
            }
        }
        if (!isEnded()) {
            leave();
        }
    }

    /** Ends the job for good. */
    void fail(RuntimeException why) {
        JobProgress next = copy();
        next.setPhase(JobPhase.FAILED);
        next.setError(why.toString());
        next.setRunner(null);
        save(next, List.of());
    }

    @Override
    public void close() {
        if (scan != null) {
            scan.reader().close();
        }
        writer.close();
    }

    /** After others are fenced the newest progress there is, is the last there will be. */
    private void claim(String gateway) {
        writer.claim();
        for (Map.Entry<TopicPartition, Long> end :
                offsets.ends(Topics.JOBS_PROGRESS).entrySet()) {
            await(backbone.jobsProgress().awaitOffset(end.getKey().partition(), end.getValue() - 1));
        }
        JobProgress known = backbone.jobsProgress().get(job.getId());
        if (known != null) {
            progress = known;
        }
        if (!isEnded()) {
            JobProgress next = copy();
            next.setRunner(gateway);
            save(next, List.of());
            LOG.info("{}: {}", job.getId(), known == null ? "begun" : "taken up again, " + next.getPhase());
        }
    }

    private boolean goesOn() {
        return !surroundings.isStopping() && !isEnded() && wish() == JobWish.RUN;
    }

    private boolean isEnded() {
        return switch (progress.getPhase()) {
            case DONE, CANCELLED, FAILED -> true;
            default -> false;
        };
    }

    private JobWish wish() {
        Job now = backbone.jobs().get(job.getId());
        return now == null ? JobWish.CANCEL : now.getWanted();
    }

    private void leave() {
        JobProgress next = copy();
        next.setRunner(null);
        if (wish() == JobWish.CANCEL) {
            next.setPhase(JobPhase.CANCELLED);
        }
        save(next, List.of());
        LOG.info("{}: left, {}", job.getId(), next.getPhase());
    }

    /**
     * Events that were accepted before the job may lie before the topology, and so may the very price for which they
     * are to be rated again: neither the ledger nor the answers to what is sent can be relied on before it has passed
     * both.
     */
    private void enter() {
        Entrance known = entrance;
        if (known == null) {
            known = entrance();
            entrance = known;
        }
        if (!known.pricesRead().isDone() || !topology.hasPassed(known.done())) {
            breathe();
            return;
        }
        // Not the end of what is committed: a transaction's rows may be readable a moment later than its offsets.
        Map<TopicPartition, Long> ends = offsets.ends(Topics.USAGE_RATED);
        long firstMillis = Math.floorDiv(asked.getFrom(), 1_000) - MOST_AHEAD.toMillis();
        Map<TopicPartition, Long> starts = offsets.since(Topics.USAGE_RATED, firstMillis);
        List<PartitionProgress> partitions = new ArrayList<>();
        ends.forEach((partition, end) -> {
            long start = Math.min(starts.getOrDefault(partition, 0L), end);
            partitions.add(new PartitionProgress(partition.partition(), start, start, end, 0L));
        });
        JobProgress next = copy();
        next.setPartitions(partitions);
        next.setPhase(JobPhase.SCANNING);
        save(next, List.of());
    }

    private Entrance entrance() {
        Map<TopicPartition, Long> done = new HashMap<>(offsets.ends(Topics.USAGE_EVENTS));
        Map<TopicPartition, Long> prices = offsets.ends(Topics.CONFIG_PRICES);
        done.putAll(prices);
        CompletableFuture<?>[] read = prices.entrySet().stream()
                .map(end -> backbone.prices().awaitOffset(end.getKey().partition(), end.getValue() - 1))
                .toArray(CompletableFuture[]::new);
        return new Entrance(done, CompletableFuture.allOf(read));
    }

    private void read() {
        Scan own = scan;
        if (own == null) {
            own = new Scan(
                    Selection.of(asked, backbone.prices().values()),
                    Prices.of(backbone),
                    new LedgerReader(backbone.kafka(), backbone.codecs().rated(), progress.getPartitions(), batch),
                    Tally.of(progress));
            scan = own;
        }
        boolean finished = own.reader().isFinished();
        boolean enough = finished || messages.size() >= batch || sinceSaved().compareTo(SAVE) >= 0;
        if (!enough) {
            take(own);
        } else if (!messages.isEmpty() && !topology.hasRoom(progress.getPartitions())) {
            breathe();
        } else {
            JobProgress next = copy();
            own.tally().writeTo(next);
            for (PartitionProgress partition : next.getPartitions()) {
                partition.setPosition(own.reader().position(partition.getPartition()));
            }
            next.setSubmitted(next.getSubmitted() + messages.size());
            if (finished) {
                next.setPhase(JobPhase.SETTLING);
            }
            save(next, messages);
            messages.clear();
        }
    }

    private void take(Scan own) {
        for (LedgerReader.Row row : own.reader().next()) {
            Difference difference = Difference.of(row.rated(), own.selection(), own.prices());
            own.tally().add(difference);
            if (difference != null && difference.countsAnEvent() && !asked.getDryRun()) {
                messages.add(new Message(row.event(), submission(row.rated())));
            }
        }
    }

    private Submission submission(RatedUsage row) {
        Submission submission = new Submission();
        submission.setCompany(row.getCompany());
        submission.setKind(SubmissionKind.RERATE);
        submission.setSource(row.getSource());
        submission.setId(row.getId());
        submission.setRevision(row.getRevision());
        submission.setRow(row.getSequence());
        submission.setCorrectionSource(SOURCE);
        submission.setCorrectionId(job.getId());
        submission.setReason(asked.getReason());
        submission.setReceivedAt(now());
        return submission;
    }

    private void settle() {
        if (!topology.hasDone(progress.getPartitions())) {
            breathe();
            return;
        }
        JobProgress next = copy();
        next.setPhase(JobPhase.DONE);
        next.setRunner(null);
        save(next, List.of());
        long millis = (next.getUpdatedAt() - next.getStartedAt()) / 1_000;
        LOG.info(
                "{}: done in {} ms, {} rows read, {} events submitted",
                job.getId(),
                millis,
                next.getRowsRead(),
                next.getSubmitted());
    }

    /** Waits, and says that it is still there. */
    private void breathe() {
        if (sinceSaved().compareTo(JobQueue.HEARTBEAT) >= 0) {
            save(copy(), List.of());
        }
        surroundings.pause(PAUSE);
    }

    private JobProgress copy() {
        return JobProgress.newBuilder(progress).build();
    }

    private void save(JobProgress next, List<Message> sent) {
        next.setUpdatedAt(now());
        writer.write(next, sent);
        progress = next;
        savedNanos = System.nanoTime();
    }

    private Duration sinceSaved() {
        return Duration.ofNanos(System.nanoTime() - savedNanos);
    }

    private static void await(CompletableFuture<Void> seen) {
        try {
            seen.get(READ_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | CancellationException | TimeoutException e) {
            throw new KafkaException("the job's progress could not be read to its end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while reading the job's progress", e);
        }
    }

    private long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }
}
