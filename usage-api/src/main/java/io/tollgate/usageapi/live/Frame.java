package io.tollgate.usageapi.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * All records between two positions: the sums of the usage among them, and each quota state and alert. Told as one usage
 * event, then the notices in the order in which they were read. The id of each event is the position of who has read
 * it, so a stream can be taken up between any two.
 */
final class Frame implements Entry {
    private static final int WEIGHT = 1_000;

    private final Position start;
    private final Position end;
    private final Stretch stretch;
    private final List<Increment> increments;
    private final List<UsageRow> rows;
    private final String usageHead;
    private final List<Notice> notices;
    private final List<String> noticeHeads;
    private final long weight;

    /**
     * When its records were written, by the broker's clock.
     *
     * @param from of the first
     * @param to of the last
     */
    record Stretch(Instant from, Instant to) {}

    Frame(Position start, Position end, Stretch stretch, List<Increment> increments, List<Notice> notices) {
        this.start = start;
        this.end = end;
        this.stretch = stretch;
        this.increments = increments;
        this.notices = notices;
        this.rows = UsageRow.of(increments);
        Position at = start.with(Source.USAGE, end);
        this.usageHead = LiveText.head("usage", at) + "{\"from\":\"" + stretch.from() + "\",\"to\":\"" + stretch.to()
                + "\",\"rows\":[";
        this.noticeHeads = new ArrayList<>(notices.size());
        for (Notice notice : notices) {
            at = at.with(notice.source(), notice.partition(), notice.offset() + 1);
            noticeHeads.add(LiveText.head(notice.event(), at));
        }
        this.weight = WEIGHT
                + (long) increments.size() * Increment.WEIGHT
                + rows.stream()
                        .mapToLong(row -> UsageRow.WEIGHT + row.json().length())
                        .sum()
                + notices.stream().mapToLong(Notice::weight).sum();
    }

    Position start() {
        return start;
    }

    @Override
    public Position end() {
        return end;
    }

    @Override
    public long weight() {
        return weight;
    }

    boolean hasRecords() {
        return !increments.isEmpty() || !notices.isEmpty();
    }

    Stretch stretch() {
        return stretch;
    }

    /** What is left of it for who has read as far as {@code read}, which may be ahead of it here and behind there. */
    Frame after(Position read) {
        return new Frame(
                start.max(read),
                end.max(read),
                stretch,
                increments.stream()
                        .filter(one -> one.offset() >= read.at(Source.USAGE, one.partition()))
                        .toList(),
                notices.stream()
                        .filter(one -> one.offset() >= read.at(one.source(), one.partition()))
                        .toList());
    }

    /** The events that somebody wants; empty where there is nothing for them. */
    byte[] text(LiveQuestion wanted) {
        StringBuilder out = new StringBuilder();
        for (UsageRow row : rows) {
            if (wanted.wants(row.key())) {
                out.append(out.isEmpty() ? usageHead : ",").append(row.json());
            }
        }
        if (!out.isEmpty()) {
            out.append("]}").append(LiveText.END);
        }
        for (int i = 0; i < notices.size(); i++) {
            if (wanted.wants(notices.get(i))) {
                out.append(noticeHeads.get(i)).append(notices.get(i).json()).append(LiveText.END);
            }
        }
        return out.toString().getBytes(UTF_8);
    }
}
