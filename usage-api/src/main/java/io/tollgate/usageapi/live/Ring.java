package io.tollgate.usageapi.live;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest frames, numbered without a hole, as many as a time and a size allow. All subscribers read from it; it holds
 * nothing for any of them. Written by one thread, read by many.
 */
final class Ring {
    /** Of what subscribers with the same filter are told, written once for all of them. */
    private static final long TEXTS = 8L << 20;

    private final long keptNanos;
    private final long mostWeight;
    private final ArrayDeque<Numbered> entries = new ArrayDeque<>();
    private final LinkedHashMap<Wanted, byte[]> texts = new LinkedHashMap<>(64, 0.75f, true);
    private long textWeight;
    private long weight;
    private long next;
    private @Nullable Position end;
    private @Nullable Position live;

    private record Numbered(long number, Entry entry, long at) {}

    private record Wanted(long number, LiveQuestion question) {}

    /** Behind the newest entry. */
    record Newest(long next, Position end) {}

    /** Where a position is found: the first entry that has something for it, or why there is none. */
    sealed interface Place permits From, Lost {}

    record From(long number) implements Place {}

    record Lost(Reset reason) implements Place {}

    /**
     * @param kept how long a frame is kept
     * @param mostWeight bytes, roughly
     */
    Ring(Duration kept, long mostWeight) {
        this.keptNanos = kept.toNanos();
        this.mostWeight = mostWeight;
    }

    /**
     * Begins.
     *
     * @param at where the first frame will begin
     * @param ends how far the topics are already: who comes without a position begins there, and not with what is kept
     *     for others
     */
    synchronized void open(Position at, Position ends) {
        end = at;
        live = at.max(ends);
    }

    /** Adds a frame, and lets go of what is too old or too much. */
    synchronized void add(Entry entry, long nanos) {
        entries.addLast(new Numbered(next, entry, nanos));
        next++;
        weight += entry.weight();
        end = entry.end();
        if (entry instanceof Gap) {
            // They may be other topics, that were never as far as the old ones.
            live = end;
        }
        while (entries.size() > 1
                && (weight > mostWeight || nanos - entries.getFirst().at() > keptNanos)) {
            Numbered oldest = entries.removeFirst();
            weight -= oldest.entry().weight();
        }
    }

    /** Number of the entry that comes next. */
    synchronized long next() {
        return next;
    }

    /** Where the newest entry ends; null: it has not been opened. */
    synchronized @Nullable Position end() {
        return end;
    }

    /** The number that comes next, and where the entry before it ends; null: it has not been opened. */
    synchronized @Nullable Newest newest() {
        return end == null ? null : new Newest(next, end);
    }

    /** Where who has no position begins; null: it has not been opened. */
    synchronized @Nullable Position newcomers() {
        return live == null || end == null ? null : live.max(end);
    }

    /** Whether it has read all that there was when it was opened. */
    synchronized boolean isLive() {
        return live != null && end != null && end.covers(live);
    }

    /** An entry; null where it is not there yet. */
    synchronized @Nullable Entry get(long number) {
        Numbered found = entry(number);
        return found == null ? null : found.entry();
    }

    /** Whether an entry was there and is gone. */
    synchronized boolean hasLost(long number) {
        return number < next - entries.size();
    }

    /** Where who has read as far as a position goes on. */
    synchronized Place find(Position read) {
        if (end == null) {
            throw new IllegalStateException("the ring has not been opened");
        }
        if (!read.isOfTopicsOf(end)) {
            return new Lost(Reset.OTHER_TOPICS);
        }
        long found = next;
        Position oldest = end;
        for (Iterator<Numbered> back = entries.descendingIterator(); back.hasNext(); ) {
            Numbered one = back.next();
            if (!(one.entry() instanceof Frame frame)) {
                break;
            }
            oldest = frame.start();
            if (!read.covers(frame.end())) {
                found = one.number();
            }
        }
        return read.covers(oldest) ? new From(found) : new Lost(Reset.TOO_FAR_BACK);
    }

    /** What an entry says to a filter; written once for all who ask alike. */
    byte[] text(long number, Frame frame, LiveQuestion question) {
        Wanted wanted = new Wanted(number, question);
        byte[] known = known(wanted);
        if (known != null) {
            return known;
        }
        byte[] text = frame.text(question);
        keep(wanted, text);
        return text;
    }

    private synchronized byte @Nullable [] known(Wanted wanted) {
        return texts.get(wanted);
    }

    private synchronized void keep(Wanted wanted, byte[] text) {
        if (texts.putIfAbsent(wanted, text) == null) {
            textWeight += weightOf(text);
        }
        for (Iterator<Map.Entry<Wanted, byte[]>> oldest = texts.entrySet().iterator();
                textWeight > TEXTS && oldest.hasNext(); ) {
            textWeight -= weightOf(oldest.next().getValue());
            oldest.remove();
        }
    }

    private static long weightOf(byte[] text) {
        return 200L + text.length;
    }

    private @Nullable Numbered entry(long number) {
        // Nearly always one of the newest is asked for.
        for (Iterator<Numbered> back = entries.descendingIterator(); back.hasNext(); ) {
            Numbered one = back.next();
            if (one.number() <= number) {
                return one.number() == number ? one : null;
            }
        }
        return null;
    }
}
