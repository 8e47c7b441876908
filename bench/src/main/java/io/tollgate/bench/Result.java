package io.tollgate.bench;

import io.tollgate.bench.Comparison.Basis;
import java.util.List;

/** The measured runs of a comparison; the runs at the same place in both lists followed each other. */
public record Result(
        String comparison,
        String target,
        String setting,
        boolean isOfCpu,
        String limitName,
        List<Reading> limit,
        String subjectName,
        List<Reading> subject) {
    public Result {
        limit = List.copyOf(limit);
        subject = List.copyOf(subject);
        if (limit.isEmpty() || limit.size() != subject.size()) {
            throw new IllegalArgumentException(limit.size() + " runs of the limit and " + subject.size());
        }
    }

    static Result of(Comparison comparison, Measure limit, List<Reading> l, Measure subject, List<Reading> s) {
        return new Result(
                comparison.name(),
                comparison.target(),
                comparison.setting(),
                comparison.basis() == Basis.CPU,
                limit.name(),
                l,
                subject.name(),
                s);
    }

    /** Median of the ratios of neighbouring runs, of events per second: a drift of the machine hits both. */
    public double rateRatio() {
        return ratio(Reading::perSecond);
    }

    /** The same of CPU per event. */
    public double cpuRatio() {
        return ratio(Reading::cpuMicrosPerEvent);
    }

    /** What the target holds it to. */
    public List<Target> targets() {
        return Target.of(target);
    }

    private double ratio(java.util.function.ToDoubleFunction<Reading> figure) {
        double[] ratios = new double[limit.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = figure.applyAsDouble(subject.get(i)) / figure.applyAsDouble(limit.get(i));
        }
        return Median.of(ratios);
    }
}
