package io.tollgate.bench;

/**
 * What one run of a measure took.
 *
 * @param cpuNanos of the measured process alone, all its threads, garbage collection and compilation included
 * @param allocatedBytes of heap, by all its Java threads
 */
public record Reading(long events, long nanos, long cpuNanos, long allocatedBytes) {
    public Reading {
        if (events <= 0 || nanos <= 0 || cpuNanos < 0 || allocatedBytes < 0) {
            throw new IllegalArgumentException("no reading: " + events + " events in " + nanos + " ns, " + cpuNanos
                    + " ns of CPU, " + allocatedBytes + " bytes");
        }
    }

    public double perSecond() {
        return events * 1e9 / nanos;
    }

    public double cpuMicrosPerEvent() {
        return cpuNanos / 1e3 / events;
    }

    public double allocatedBytesPerEvent() {
        return (double) allocatedBytes / events;
    }
}
