package io.tollgate.chaos.watch;

import io.tollgate.chaos.load.Load;
import io.tollgate.chaos.part.Await;
import io.tollgate.chaos.part.TollgateSystem;
import io.tollgate.schemas.topic.Groups;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * How long after a disturbance the system goes on: acks of every gateway, the topology past what every partition held
 * when it was first asked after the disturbance, and likewise the sink. What is asked first is a little later than the
 * disturbance, so no figure is smaller than it should be.
 */
public final class Watch implements AutoCloseable {
    private static final int ANSWER_MILLIS = 4_000;

    private final Load load;
    private final TollgateSystem system;
    private final Admin admin;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    public Watch(TollgateSystem system, Load load) {
        this.system = system;
        this.load = load;
        this.admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                system.kafka(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                ANSWER_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                ANSWER_MILLIS,
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                200));
    }

    /** From the disturbance to the first sign of each. */
    public record Recovery(Duration acks, Duration streams, Duration sink) {}

    /** Looks until all goes on again. */
    public final class Recovering {
        private final long since;
        private final CompletableFuture<Duration> acks;
        private final CompletableFuture<Duration> streams;
        private final CompletableFuture<Duration> sink;

        private Recovering(Duration limit) {
            this.since = System.nanoTime();
            this.acks = begin(() -> time("acks", limit, () -> load.hasAcknowledgedSince(since)));
            this.streams = begin(() -> streams(limit));
            this.sink = begin(() -> sink(limit));
        }

        /** Waits until all of it goes on, or for so long. */
        public void await(Duration patience) throws InterruptedException, ExecutionException {
            long left = patience.toNanos() - (System.nanoTime() - since);
            try {
                CompletableFuture<Void> unused = CompletableFuture.allOf(acks, streams, sink);
                unused.get(Math.max(0, left), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                // Then the next disturbance comes while this one is not over.
            }
        }

        /**
         * When all of it has gone on.
         *
         * @throws ExecutionException if something did not within the limit
         */
        public Recovery result() throws InterruptedException, ExecutionException {
            return new Recovery(acks.get(), streams.get(), sink.get());
        }

        private CompletableFuture<Duration> begin(Callable<Duration> look) {
            CompletableFuture<Duration> found = new CompletableFuture<>();
            threads.execute(() -> {
                try {
                    found.complete(look.call());
                } catch (Exception e) {
                    found.completeExceptionally(e);
                }
            });
            return found;
        }

        private Duration streams(Duration limit) throws Exception {
            Map<TopicPartition, Long> ends = ends(limit, Topics.USAGE_EVENTS, IsolationLevel.READ_UNCOMMITTED);
            return time("the topology", limit, () -> areBehind(ends, committed()));
        }

        private Duration sink(Duration limit) throws Exception {
            Map<TopicPartition, Long> ends = ends(limit, Topics.USAGE_RATED, IsolationLevel.READ_COMMITTED);
            try (Books books = new Books(system.database())) {
                return time("the sink", limit, () -> areBehind(ends, books.positions(Topics.USAGE_RATED.name())));
            }
        }

        private Duration time(String what, Duration limit, Await.Question question) throws Exception {
            Await.until(what + " to go on", limit, question);
            return Duration.ofNanos(System.nanoTime() - since);
        }
    }

    /** Begins to look at this moment. */
    public Recovering begin(Duration limit) {
        return new Recovering(limit);
    }

    /** Begins to count what comes at this moment, at which the sink could still write. */
    public Outage outage(Duration limit) throws InterruptedException, TimeoutException {
        return new Outage(this, system.database(), limit);
    }

    Map<TopicPartition, Long> ends(Duration limit, Topic topic, IsolationLevel isolation)
            throws InterruptedException, TimeoutException {
        Map<TopicPartition, Long> ends = new HashMap<>();
        Await.until("Kafka to say where " + topic.name() + " ends", limit, () -> {
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            admin.describeTopics(List.of(topic.name()))
                    .allTopicNames()
                    .get()
                    .values()
                    .forEach(described -> described
                            .partitions()
                            .forEach(partition -> latest.put(
                                    new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest())));
            admin.listOffsets(latest, new ListOffsetsOptions(isolation))
                    .all()
                    .get()
                    .forEach((partition, end) -> ends.put(partition, end.offset()));
            return true;
        });
        return ends;
    }

    /** True, or an exception that says what is missing where. */
    private static boolean areBehind(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> positions) {
        Map<TopicPartition, Long> missing = new HashMap<>();
        ends.forEach((partition, end) -> {
            long position = positions.getOrDefault(partition, 0L);
            if (position < end) {
                missing.put(partition, end - position);
            }
        });
        if (!missing.isEmpty()) {
            throw new IllegalStateException("still missing " + missing + ", of positions " + positions);
        }
        return true;
    }

    private Map<TopicPartition, Long> committed() throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin.listConsumerGroupOffsets(Groups.METERING)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        offsets.put(partition, offset.offset());
                    }
                });
        return offsets;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        admin.close(Duration.ZERO);
    }
}
