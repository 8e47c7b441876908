package io.tollgate.usageapi.export.period;

import java.time.YearMonth;
import java.util.List;

/**
 * A month whose books are closed. Months before it that have no record of their own are closed by it, too.
 *
 * @param endOffsets by partition of usage.events: submissions from there on came too late
 * @param eventsTopicId Kafka's id of the topic that these offsets are of
 */
public record ClosedPeriod(YearMonth month, List<Long> endOffsets, String eventsTopicId) {
    public ClosedPeriod {
        endOffsets = List.copyOf(endOffsets);
    }

    /** Whether a submission came before the cut. A partition that was not there then holds none that did. */
    boolean includes(int partition, long offset) {
        return offset < end(partition);
    }

    public long end(int partition) {
        return partition < endOffsets.size() ? endOffsets.get(partition) : 0;
    }
}
