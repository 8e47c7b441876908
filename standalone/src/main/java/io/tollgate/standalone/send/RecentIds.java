package io.tollgate.standalone.send;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/**
 * Which events were seen lately, by 64 bits of their source and id: two halves that take turns, so that the last
 * {@value #HALF} at least are known and the memory is the same for any file.
 */
final class RecentIds {
    private static final int HALF = 500_000;
    /** A power of two, so that each half is half full at most. */
    private static final int SLOTS = 1 << 20;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private long[] now = new long[SLOTS];
    private long[] before = new long[SLOTS];
    private int held;

    /** Of an event; 0 where it lacks its source or its id. */
    static long identity(JsonNode event) {
        String source = event.path("source").asString("");
        String id = event.path("id").asString("");
        if (source.isEmpty() || id.isEmpty()) {
            return 0;
        }
        long hash = FNV_OFFSET;
        for (byte one : (source.length() + ":" + source + id).getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ one) * FNV_PRIME;
        }
        hash ^= hash >>> 32;
        return hash == 0 ? 1 : hash;
    }

    /** Whether it was seen lately; it is from now on. */
    boolean isRepeated(long identity) {
        if (identity == 0) {
            return false;
        }
        int slot = slot(now, identity);
        if (now[slot] == identity || before[slot(before, identity)] == identity) {
            return true;
        }
        now[slot] = identity;
        held++;
        if (held == HALF) {
            long[] oldest = before;
            before = now;
            now = oldest;
            Arrays.fill(now, 0);
            held = 0;
        }
        return false;
    }

    private static int slot(long[] half, long identity) {
        int slot = (int) (identity ^ identity >>> 20) & SLOTS - 1;
        while (half[slot] != 0 && half[slot] != identity) {
            slot = slot + 1 & SLOTS - 1;
        }
        return slot;
    }
}
