package io.tollgate.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs limit and subject in turn, so that what else the machine does hits both. The warm-up begins with the subject (its
 * output may be what the limit works on); after it each round begins with the one that ended the last.
 */
final class Alternation {
    private final Progress progress;

    Alternation(Progress progress) {
        this.progress = progress;
    }

    /** Told of each run as it ends. */
    @FunctionalInterface
    interface Progress {
        void ran(String measure, int round, Reading reading);
    }

    Result run(Comparison comparison, Measure limit, Measure subject, Options options) throws Exception {
        List<Reading> limits = new ArrayList<>();
        List<Reading> subjects = new ArrayList<>();
        int limitEvents = Math.multiplyExact(options.events(), comparison.limitFactor());
        for (int round = 0; round < options.warmUps() + options.runs(); round++) {
            boolean measured = round >= options.warmUps();
            boolean subjectFirst = round % 2 == 0;
            if (subjectFirst) {
                run(subject, round, options.events(), measured, subjects);
            }
            run(limit, round, limitEvents, measured, limits);
            if (!subjectFirst) {
                run(subject, round, options.events(), measured, subjects);
            }
        }
        return Result.of(comparison, limit, limits, subject, subjects);
    }

    private void run(Measure measure, int round, int events, boolean measured, List<Reading> readings)
            throws Exception {
        Reading reading = measure.run(round, events);
        progress.ran(measure.name(), round, reading);
        if (measured) {
            readings.add(reading);
        }
    }
}
