package io.tollgate.bench;

/**
 * What one run of a measure took.
 *
 * @param cpuNanos of the measured process alone, all its threads, garbage collection and compilation included
 */
public record Reading(long events, long nanos, long cpuNanos) {
    public Reading {
        if (events <= 0 || nanos <= 0 || cpuNanos < 0) {
            throw new IllegalArgumentException("no reading: " + events + " events in " + nanos + " ns, " + cpuNanos);
        }
    }

    public double perSecond() {
        return events * 1e9 / nanos;
    }

    public double cpuMicrosPerEvent() {
        return cpuNanos / 1e3 / events;
    }
}
