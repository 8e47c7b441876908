package io.tollgate.bench.process;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/**
 * Heap that this process' threads have allocated since a moment, to the byte. What a thread allocated that has ended since
 * is not in it: a run's work is done by threads that outlive it.
 */
final class Allocation {
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private Map<Long, Long> before = byThread();

    private Allocation() {}

    static Allocation start() {
        return new Allocation();
    }

    long bytes() {
        long bytes = 0;
        for (Map.Entry<Long, Long> now : byThread().entrySet()) {
            bytes += now.getValue() - before.getOrDefault(now.getKey(), 0L);
        }
        return bytes;
    }

    /** What {@link #bytes} gives, and begins anew. */
    long take() {
        long bytes = bytes();
        before = byThread();
        return bytes;
    }

    private static Map<Long, Long> byThread() {
        long[] ids = THREADS.getAllThreadIds();
        long[] allocated = THREADS.getThreadAllocatedBytes(ids);
        Map<Long, Long> bytes = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            // -1: it has just ended.
            if (allocated[i] >= 0) {
                bytes.put(ids[i], allocated[i]);
            }
        }
        return bytes;
    }
}
