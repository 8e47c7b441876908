package io.tollgate.quota;

/**
 * A stretch of time that is counted as one.
 *
 * @param start epoch µs, inclusive
 * @param end epoch µs, exclusive
 */
public record Window(long start, long end) {
    public Window {
        if (end <= start) {
            throw new IllegalArgumentException("a window from " + start + " to " + end);
        }
    }

    public boolean contains(long micros) {
        return micros >= start && micros < end;
    }
}
