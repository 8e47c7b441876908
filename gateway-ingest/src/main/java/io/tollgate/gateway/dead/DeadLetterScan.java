package io.tollgate.gateway.dead;

import io.tollgate.avro.DeadLetter;
import io.tollgate.avro.Submission;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.backbone.Consumers;
import io.tollgate.gateway.backbone.Offsets;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code usage.dead} from a place on for the letters that are meant, within bounds of count, bytes and time; where they
 * end it before the topic does, the cursor says where to go on.
 */
public final class DeadLetterScan {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int POLLED = 500;
    private static final int FETCHED = 1 << 20;
    /** One transaction holds them all. */
    private static final int MOST_BYTES = 8 << 20;

    private final AvroCodec<DeadLetter> letters;
    private final AvroCodec<Submission> submissions;
    private final Wanted wanted;
    private final int most;
    private final Map<TopicPartition, Long> positions;
    private final Map<TopicPartition, Long> ends;
    private final List<Found> found = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private long bytes;

    /**
     * What came of it.
     *
     * @param next where to go on; null: there is no more
     */
    public record Result(List<Found> found, @Nullable Cursor next) {}

    private DeadLetterScan(
            Backbone backbone,
            Wanted wanted,
            int most,
            Map<TopicPartition, Long> from,
            Map<TopicPartition, Long> ends) {
        this.letters = backbone.codecs().dead();
        this.submissions = backbone.codecs().inbox();
        this.wanted = wanted;
        this.most = most;
        this.positions = new HashMap<>(from);
        this.ends = ends;
    }

    /**
     * Scans.
     *
     * @param cursor null: from the beginning
     * @param most letters to find
     */
    public static Result read(Backbone backbone, Wanted wanted, @Nullable Cursor cursor, int most) {
        Offsets offsets = new Offsets(backbone.admin());
        Map<TopicPartition, Long> ends = offsets.ends(Topics.USAGE_DEAD);
        Long from = wanted.from();
        Map<TopicPartition, Long> start = offsets.since(Topics.USAGE_DEAD, from == null ? 0 : from / 1_000);
        if (cursor != null) {
            start.replaceAll(
                    (partition, first) -> Math.max(first, cursor.next().getOrDefault(partition.partition(), 0L)));
        }
        DeadLetterScan scan = new DeadLetterScan(backbone, wanted, most, start, ends);
        try (Consumer<byte[], byte[]> consumer = Consumers.open(backbone.kafka(), POLLED, FETCHED)) {
            return scan.run(consumer);
        }
    }

    private Result run(Consumer<byte[], byte[]> consumer) {
        consumer.assign(positions.keySet());
        positions.forEach(consumer::seek);
        pauseWhatIsRead(consumer);
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!isRead() && !isFull() && System.nanoTime() < deadline) {
            var records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                take(new TopicPartition(record.topic(), record.partition()), record);
            }
            if (!isFull()) {
                // All that was polled is taken, and so is what is no record: a transaction's end.
                positions.replaceAll((partition, position) -> consumer.position(partition));
            }
            pauseWhatIsRead(consumer);
        }
        boolean isAll = isRead() || isComplete();
        return new Result(
                found,
                isAll
                        ? null
                        : new Cursor(positions.entrySet().stream()
                                .collect(
                                        Collectors.toMap(entry -> entry.getKey().partition(), Map.Entry::getValue))));
    }

    private void take(TopicPartition partition, ConsumerRecord<byte[], byte[]> record) {
        if (isFull()) {
            return;
        }
        positions.put(partition, record.offset() + 1);
        if (record.offset() >= ends.getOrDefault(partition, 0L)) {
            return;
        }
        DeadLetter letter = letters.decodeOrNull(record.value());
        if (letter != null && wanted.fits(letter, record.timestamp() * 1_000) && seen.add(Wanted.id(letter))) {
            Found one = Found.of(letter, record.key(), submissions);
            found.add(one);
            bytes += one instanceof Found.Replayable replayable ? replayable.original().length : 0;
        }
    }

    private void pauseWhatIsRead(Consumer<byte[], byte[]> consumer) {
        consumer.pause(positions.keySet().stream().filter(this::isRead).toList());
    }

    private boolean isFull() {
        return found.size() >= most || bytes >= MOST_BYTES || isComplete();
    }

    /** Whether every letter that was named is found. */
    private boolean isComplete() {
        return !wanted.ids().isEmpty() && seen.size() == wanted.ids().size();
    }

    private boolean isRead() {
        return positions.keySet().stream().allMatch(this::isRead);
    }

    private boolean isRead(TopicPartition partition) {
        return positions.getOrDefault(partition, 0L) >= ends.getOrDefault(partition, 0L);
    }
}
