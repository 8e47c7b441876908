package io.tollgate.sink.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class PollsTest {
    private static final TopicPartition ONE = new TopicPartition("usage.rated", 0);
    private static final TopicPartition OTHER = new TopicPartition("usage.rated", 1);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int STEP = 2;
    private static final int VALUE_BYTES = 10;

    private final Deque<Supplier<ConsumerRecords<byte[], byte[]>>> answers = new ArrayDeque<>();
    private final List<Duration> asked = new ArrayList<>();
    private final Set<TopicPartition> assigned = new HashSet<>(Set.of(ONE, OTHER));

    private Polls polls(int mostRecords, long mostBytes) {
        return new Polls(
                limit -> {
                    asked.add(limit);
                    return answers.isEmpty()
                            ? ConsumerRecords.empty()
                            : answers.remove().get();
                },
                () -> assigned,
                STEP,
                mostRecords,
                mostBytes);
    }

    @Test
    void whatHasBeenFetchedIsOneBatch() {
        answer(ONE, 0, 1);
        answer(OTHER, 7, 8);
        answer(ONE, 2);

        ConsumerRecords<byte[], byte[]> batch = polls(100, 1_000).next(LIMIT);

        assertThat(offsets(batch, ONE)).containsExactly(0L, 1L, 2L);
        assertThat(offsets(batch, OTHER)).containsExactly(7L, 8L);
        assertThat(batch.nextOffsets())
                .containsEntry(ONE, new OffsetAndMetadata(3))
                .containsEntry(OTHER, new OffsetAndMetadata(9));
        assertThat(asked).containsExactly(LIMIT, Duration.ZERO, Duration.ZERO);
    }

    @Test
    void aBatchHasSoManyRecordsAtMost() {
        answer(ONE, 0, 1);
        answer(ONE, 2, 3);
        answer(ONE, 4, 5);
        Polls polls = polls(5, 1_000);

        assertThat(offsets(polls.next(LIMIT), ONE)).containsExactly(0L, 1L, 2L, 3L);
        assertThat(offsets(polls.next(LIMIT), ONE)).containsExactly(4L, 5L);
    }

    @Test
    void noMoreIsAskedForOnceThereAreSoManyBytes() {
        answer(ONE, 0, 1);
        answer(ONE, 2, 3);
        answer(ONE, 4, 5);

        assertThat(offsets(polls(100, 4 * VALUE_BYTES).next(LIMIT), ONE)).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void nothingIsWaitedForBeyondOnePoll() {
        assertThat(polls(100, 1_000).next(LIMIT).isEmpty()).isTrue();
        assertThat(asked).containsExactly(LIMIT);
    }

    @Test
    void whatIsInHandIsGivenOutBeforeAFailure() {
        answer(ONE, 0, 1);
        answers.add(() -> {
            throw new WakeupException();
        });
        answer(ONE, 2);
        Polls polls = polls(100, 1_000);

        assertThat(offsets(polls.next(LIMIT), ONE)).containsExactly(0L, 1L);
        assertThatThrownBy(() -> polls.next(LIMIT)).isInstanceOf(WakeupException.class);
        assertThat(offsets(polls.next(LIMIT), ONE)).containsExactly(2L);
    }

    @Test
    void whatWasGivenAwayInBetweenIsNotInTheBatch() {
        answer(ONE, 0, 1);
        answers.add(() -> {
            assigned.remove(ONE);
            return records(OTHER, 7);
        });

        ConsumerRecords<byte[], byte[]> batch = polls(100, 1_000).next(LIMIT);

        assertThat(batch.partitions()).containsExactly(OTHER);
    }

    @Test
    void whatWasGivenAwayAndCameBackIsReadAnew() {
        answer(ONE, 5, 6);
        answer(ONE, 5, 6);
        answer(ONE, 7);

        assertThat(offsets(polls(100, 1_000).next(LIMIT), ONE)).containsExactly(5L, 6L, 7L);
    }

    private void answer(TopicPartition partition, long... offsets) {
        answers.add(() -> records(partition, offsets));
    }

    private static ConsumerRecords<byte[], byte[]> records(TopicPartition partition, long... offsets) {
        List<ConsumerRecord<byte[], byte[]>> records = Arrays.stream(offsets)
                .mapToObj(offset -> record(partition, offset))
                .toList();
        long next = LongStream.of(offsets).max().orElseThrow() + 1;
        return new ConsumerRecords<>(Map.of(partition, records), Map.of(partition, new OffsetAndMetadata(next)));
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                0,
                TimestampType.LOG_APPEND_TIME,
                0,
                VALUE_BYTES,
                new byte[0],
                new byte[VALUE_BYTES],
                new RecordHeaders(),
                Optional.empty());
    }

    private static List<Long> offsets(ConsumerRecords<byte[], byte[]> batch, TopicPartition partition) {
        return batch.records(partition).stream().map(ConsumerRecord::offset).toList();
    }
}
