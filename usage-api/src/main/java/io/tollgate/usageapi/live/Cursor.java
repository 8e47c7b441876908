package io.tollgate.usageapi.live;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far one subscriber has been told, and what comes next for them. Not thread-safe.
 *
 * <p>Who comes from another instance, or from before a restart, has read to the middle of a frame of this one, ahead of
 * it in one partition and behind it in another. Until a frame begins behind all that they have read, each is told without
 * what they know.
 */
final class Cursor {
    private final Ring ring;
    private final LiveQuestion question;
    private final @Nullable Position from;
    private boolean isPlaced;
    private long number;
    private @Nullable Position ahead;
    private @Nullable Position at;

    /** @param from what the subscriber has read; null: they begin with what comes */
    Cursor(Ring ring, LiveQuestion question, @Nullable Position from) {
        this.ring = ring;
        this.question = question;
        this.from = from;
    }

    /** What the subscriber has been told; null: nothing is known of the topics yet. */
    @Nullable
    Position at() {
        return at;
    }

    /** Whether what comes next is no longer there. */
    boolean hasFallenBehind() {
        return isPlaced && ring.hasLost(number);
    }

    /** Whether there is nothing more to tell for now. */
    boolean isAtEnd() {
        return isPlaced && number == ring.next();
    }

    /** Whether the subscriber knows more than has been read here. */
    boolean isAhead() {
        return ahead != null && isAtEnd();
    }

    /** What comes next, about as many bytes at most; empty where there is nothing to say. */
    List<byte[]> take(int bytes) {
        List<byte[]> taken = new ArrayList<>();
        if (!isPlaced && !place(taken)) {
            return taken;
        }
        for (int size = 0; size < bytes; number++) {
            Entry entry = ring.get(number);
            if (entry == null) {
                break;
            }
            byte[] text = tell(entry);
            if (text.length > 0) {
                taken.add(text);
                size += text.length;
            }
        }
        return taken;
    }

    /** Gives up waiting for what the subscriber has read to be read here, and goes on with what comes. */
    byte[] giveUp() {
        Ring.Newest newest = ring.newest();
        if (newest == null || ahead == null) {
            return new byte[0];
        }
        ahead = null;
        number = newest.next();
        at = newest.end();
        return LiveText.reset(Reset.AHEAD_OF_THE_TOPICS, newest.end());
    }

    private boolean place(List<byte[]> taken) {
        Position newcomers = ring.newcomers();
        if (newcomers == null) {
            return false;
        }
        Position read = from == null ? newcomers : from;
        Ring.Place place = ring.find(read);
        if (place instanceof Ring.Lost lost) {
            read = newcomers;
            taken.add(LiveText.reset(lost.reason(), read));
            place = ring.find(read);
        }
        if (place instanceof Ring.From found) {
            isPlaced = true;
            number = found.number();
            ahead = read;
            at = read;
            taken.add(LiveText.at(read));
        }
        return isPlaced;
    }

    private byte[] tell(Entry entry) {
        if (entry instanceof Gap gap) {
            ahead = null;
            at = gap.end();
            return LiveText.reset(gap.reason(), gap.end());
        }
        Frame frame = (Frame) entry;
        Position read = ahead;
        if (read == null || frame.start().covers(read)) {
            ahead = null;
            at = frame.end();
            return ring.text(number, frame, question);
        }
        Frame rest = frame.after(read);
        at = rest.end();
        return rest.text(question);
    }
}
