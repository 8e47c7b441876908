package io.tollgate.usageapi.live;

import io.tollgate.avro.RatedUsage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects records until a frame is cut of them. Each frame begins where the one before ends. */
final class FrameBuilder {
    private Position start;
    private List<Increment> increments = new ArrayList<>();
    private List<Notice> notices = new ArrayList<>();
    private final Map<UsageKey, UsageKey> keys = new HashMap<>();
    private long from = Long.MAX_VALUE;
    private long to = Long.MIN_VALUE;

    FrameBuilder(Position start) {
        this.start = start;
    }

    /** A row of the ledger was read, that the broker wrote at {@code time}, epoch ms. */
    void add(RatedUsage row, int partition, long offset, long time) {
        // One key for all of a frame: its words are half of what an increment would take.
        UsageKey key = keys.computeIfAbsent(UsageKey.of(row), same -> same);
        increments.add(Increment.of(row, key, partition, offset));
        saw(time);
    }

    /** A quota state or an alert was read, that the broker wrote at {@code time}, epoch ms. */
    void add(Notice notice, long time) {
        notices.add(notice);
        saw(time);
    }

    int size() {
        return increments.size() + notices.size();
    }

    /** Where the frame that is being built begins. */
    Position start() {
        return start;
    }

    /** The frame up to a position, before which every record has been added and behind which none. */
    Frame cut(Position end) {
        Frame.Stretch stretch = new Frame.Stretch(
                Instant.ofEpochMilli(size() == 0 ? 0 : from), Instant.ofEpochMilli(size() == 0 ? 0 : to));
        Frame frame = new Frame(start, end, stretch, List.copyOf(increments), List.copyOf(notices));
        start = end;
        increments = new ArrayList<>();
        notices = new ArrayList<>();
        keys.clear();
        from = Long.MAX_VALUE;
        to = Long.MIN_VALUE;
        return frame;
    }

    private void saw(long time) {
        from = Math.min(from, time);
        to = Math.max(to, time);
    }
}
