package io.tollgate.streams.alert;

import io.tollgate.streams.store.Deadlines;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is to be looked at again and when, though nothing may happen to it. Asked for over and over by each event, it is
 * written once.
 */
final class Looks {
    private static final int MOST_AT_ONCE = 1_000;

    private final Deadlines deadlines;
    private final Set<ByteBuffer> written = new HashSet<>();

    Looks(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    /** Asks for a look at a moment, epoch µs. */
    void add(long micros, Watched watched) {
        long deadline = Math.floorDiv(micros + 999, 1_000);
        byte[] what = watched.bytes();
        if (written.add(entry(deadline, what))) {
            deadlines.add(deadline, what);
        }
    }

    /** Takes out what is due at {@code now}, epoch µs. */
    List<Watched> take(long now) {
        List<Deadlines.Due> due = deadlines.take(Math.floorDiv(now, 1_000), MOST_AT_ONCE);
        due.forEach(taken -> written.remove(entry(taken.deadline(), taken.what())));
        return due.stream().map(taken -> Watched.of(taken.what())).distinct().toList();
    }

    private static ByteBuffer entry(long deadline, byte[] what) {
        return ByteBuffer.allocate(Long.BYTES + what.length)
                .putLong(deadline)
                .put(what)
                .flip();
    }
}
