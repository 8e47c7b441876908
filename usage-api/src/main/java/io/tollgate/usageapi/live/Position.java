package io.tollgate.usageapi.live;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How far somebody has read: for every partition of every {@link Source} the offset that comes next, and which topics these
 * are offsets of. It says nothing of who reads or of filters, so it means the same to every instance of the service.
 *
 * <p>A partition that it does not have, since it was not there yet, has not been read at all: its next offset is 0.
 */
final class Position {
    private final long[] topics;
    private final long[][] next;

    private Position(long[] topics, long[][] next) {
        this.topics = topics;
        this.next = next;
    }

    /**
     * A position.
     *
     * @param topics which topic it is, by source: one that is made again is another
     * @param next offsets by source and partition
     */
    static Position of(long[] topics, long[][] next) {
        if (topics.length != Source.ALL.size() || next.length != topics.length) {
            throw new IllegalArgumentException("a position has " + Source.ALL.size() + " topics");
        }
        long[][] copy = new long[next.length][];
        for (int i = 0; i < next.length; i++) {
            copy[i] = next[i].clone();
        }
        return new Position(topics.clone(), copy);
    }

    long topic(Source source) {
        return topics[source.place()];
    }

    /** Partitions of a source that it knows. */
    int partitions(Source source) {
        return next[source.place()].length;
    }

    /** The offset that comes next. */
    long at(Source source, int partition) {
        long[] offsets = next[source.place()];
        return partition < offsets.length ? offsets[partition] : 0;
    }

    /** The same but for one partition. */
    Position with(Source source, int partition, long offset) {
        long[] offsets = next[source.place()];
        long[] changed = Arrays.copyOf(offsets, Math.max(offsets.length, partition + 1));
        changed[partition] = offset;
        return with(source, changed);
    }

    /** The same but for one source, of which it is as far as another position. */
    Position with(Source source, Position other) {
        return with(source, other.next[source.place()]);
    }

    private Position with(Source source, long[] offsets) {
        long[][] changed = next.clone();
        changed[source.place()] = offsets;
        return new Position(topics, changed);
    }

    /** As far as the one that is further, partition by partition. */
    Position max(Position other) {
        if (covers(other)) {
            return this;
        }
        if (other.covers(this)) {
            return other;
        }
        long[][] furthest = new long[next.length][];
        for (Source source : Source.ALL) {
            long[] offsets = new long[Math.max(partitions(source), other.partitions(source))];
            for (int partition = 0; partition < offsets.length; partition++) {
                offsets[partition] = Math.max(at(source, partition), other.at(source, partition));
            }
            furthest[source.place()] = offsets;
        }
        return new Position(topics, furthest);
    }

    /** Whether it is as far as the other, or further, in every partition. */
    boolean covers(Position other) {
        for (Source source : Source.ALL) {
            long[] offsets = other.next[source.place()];
            for (int partition = 0; partition < offsets.length; partition++) {
                if (offsets[partition] > at(source, partition)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether both are of the same topics. */
    boolean isOfTopicsOf(Position other) {
        return Arrays.equals(topics, other.topics);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Position that && isOfTopicsOf(that) && covers(that) && that.covers(this);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(topics);
    }

    @Override
    public String toString() {
        return Arrays.deepToString(next);
    }
}
