package io.tollgate.chaos.report;

import java.time.Duration;
import java.util.List;

/** The times of one kind of disturbance. */
record Times(Duration median, Duration worst) {
    /** @param times at least one */
    static Times of(List<Duration> times) {
        List<Duration> sorted = times.stream().sorted().toList();
        return new Times(sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
    }
}
