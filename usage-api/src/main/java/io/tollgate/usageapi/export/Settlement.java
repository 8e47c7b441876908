package io.tollgate.usageapi.export;

import io.tollgate.schemas.topic.Topics;
import io.tollgate.usageapi.balance.Backlog;
import io.tollgate.usageapi.balance.Pipeline;
import io.tollgate.usageapi.balance.SinkProgress;
import io.tollgate.usageapi.balance.Unread;
import io.tollgate.usageapi.export.period.ClosedPeriod;
import io.tollgate.usageapi.export.period.ClosedPeriods;
import io.tollgate.usageapi.problem.Problem;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Whether everything before a closed month's cut is in the books. Before it is, the month would export one thing now and
 * another later.
 *
 * <p>The topology must have committed past the cut: then what it made of it lies in usage.rated, before the end that this has at
 * that moment, whatever comes after. That end is kept, and the books are asked whether the sink has got there.
 */
@Component
final class Settlement {
    private final Pipeline pipeline;
    /** Of usage.rated, by partition, when the topology was first seen behind the cut. */
    private final Map<ClosedPeriod, Map<Integer, Long>> ratedEnds = new ConcurrentHashMap<>();

    Settlement(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /**
     * Returns if the books hold all that the months' cuts include.
     *
     * @throws Problem 503 if not, or if Kafka does not say; 409 if a cut is not of the topic that the books are of
     */
    void require(List<YearMonth> months, ClosedPeriods periods, SinkProgress progress) {
        months.stream()
                .flatMap(month -> periods.deciding(month).stream())
                .forEach(closing -> requireTopic(closing, progress.eventsTopicId()));
        for (ClosedPeriod closing : months.stream()
                .map(periods::closingOf)
                .filter(Objects::nonNull)
                .distinct()
                .toList()) {
            Map<Integer, Long> ends = ratedEnds.get(closing);
            if (ends != null && isPast(ends, progress)) {
                continue;
            }
            try {
                requireSettled(closing, ends, progress);
            } catch (KafkaException e) {
                throw notSettled(closing, "Kafka does not say whether everything before its cut is in the books.");
            }
        }
    }

    private void requireSettled(ClosedPeriod closing, @Nullable Map<Integer, Long> known, SinkProgress progress) {
        Backlog backlog = pipeline.backlog();
        requireTopic(closing, backlog.id(Topics.USAGE_EVENTS));
        Unread unread = pipeline.unread();
        Map<Integer, Long> ends = known;
        if (ends == null) {
            if (!isProcessed(closing, backlog, unread)) {
                throw notSettled(closing, "The topology has not got to its cut yet.");
            }
            ends = new HashMap<>();
            for (int partition : backlog.partitions(Topics.USAGE_RATED)) {
                ends.put(partition, backlog.end(Topics.USAGE_RATED, partition).last());
            }
            ratedEnds.put(closing, ends);
        }
        if (!isWritten(ends, backlog, unread, progress)) {
            throw notSettled(closing, "What is before its cut is on its way into the books.");
        }
    }

    /** @param topicId null: not known */
    private static void requireTopic(ClosedPeriod closing, @Nullable String topicId) {
        if (topicId != null && !topicId.equals(closing.eventsTopicId())) {
            throw Problem.of(
                    HttpStatus.CONFLICT,
                    "period_of_another_topic",
                    "The books of " + closing.month()
                            + " were closed by offsets of a usage.events that is gone (topic id "
                            + closing.eventsTopicId() + ", now " + topicId
                            + "): which rows are of that month can't be told any more. Take the file that was exported then.");
        }
    }

    /** Offsets alone don't tell: the last ones before the cut may be marks of transactions. */
    private static boolean isProcessed(ClosedPeriod closing, Backlog backlog, Unread unread) {
        for (int partition = 0; partition < closing.endOffsets().size(); partition++) {
            long committed = backlog.committed(Topics.USAGE_EVENTS, partition);
            long cut = closing.end(partition);
            if (committed < cut
                    && (backlog.end(Topics.USAGE_EVENTS, partition).stable() < cut
                            || unread.between(at(Topics.USAGE_EVENTS.name(), partition), committed, cut) > 0)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWritten(Map<Integer, Long> ends, Backlog backlog, Unread unread, SinkProgress progress) {
        return ends.entrySet().stream().allMatch(end -> {
            long next = progress.next(Topics.USAGE_RATED, end.getKey());
            return next >= end.getValue()
                    || (backlog.end(Topics.USAGE_RATED, end.getKey()).stable() >= end.getValue()
                            && unread.between(at(Topics.USAGE_RATED.name(), end.getKey()), next, end.getValue()) == 0);
        });
    }

    private static boolean isPast(Map<Integer, Long> ends, SinkProgress progress) {
        return ends.entrySet().stream()
                .allMatch(end -> progress.next(Topics.USAGE_RATED, end.getKey()) >= end.getValue());
    }

    private static TopicPartition at(String topic, int partition) {
        return new TopicPartition(topic, partition);
    }

    private static Problem notSettled(ClosedPeriod closing, String why) {
        return Problem.unavailable(
                "period_not_settled", "The books of " + closing.month() + " are closed and not complete yet. " + why);
    }
}
