package io.tollgate.gateway.period;

import io.tollgate.avro.ClosedPeriod;
import io.tollgate.gateway.admin.Times;
import java.util.List;

/**
 * A closed month as it is read back.
 *
 * @param closedWith the month whose record closes it: itself, or a later one that was closed first
 * @param endOffsets by partition of {@code usage.events}: behind the last submission that it takes in
 * @param eventsTopicId Kafka's id of the topic that the offsets are of
 */
record PeriodView(
        String month, String closedWith, String closedAt, List<Long> endOffsets, String eventsTopicId, long version) {
    static PeriodView of(ClosedPeriod period) {
        return of(period.getMonth(), period);
    }

    /** Of a month that is closed by the record, its own or not. */
    static PeriodView of(String month, ClosedPeriod period) {
        return new PeriodView(
                month,
                period.getMonth(),
                Times.text(period.getClosedAt()),
                period.getEndOffsets(),
                period.getEventsTopicId(),
                period.getVersion());
    }
}
