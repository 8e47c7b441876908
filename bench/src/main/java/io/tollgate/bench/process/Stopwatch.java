package io.tollgate.bench.process;

import com.sun.management.OperatingSystemMXBean;
import io.tollgate.bench.Reading;
import java.lang.management.ManagementFactory;

/** Wall time from one moment on, and what this process has taken since: CPU time, and heap that its threads allocated. */
public final class Stopwatch {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final Allocation allocation = Allocation.start();
    private final long nanos = System.nanoTime();
    private final long cpu = SYSTEM.getProcessCpuTime();

    public static Stopwatch start() {
        return new Stopwatch();
    }

    public Reading read(long events) {
        long cpuNanos = SYSTEM.getProcessCpuTime() - cpu;
        return new Reading(events, System.nanoTime() - nanos, cpuNanos, allocation.bytes());
    }
}
