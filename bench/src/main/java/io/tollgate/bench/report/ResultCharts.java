package io.tollgate.bench.report;

import io.tollgate.bench.Median;
import io.tollgate.bench.Reading;
import io.tollgate.bench.Result;
import io.tollgate.bench.Target;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The charts of comparisons: for each target, the limit, what is held against it, and where that is to go. */
final class ResultCharts {
    private ResultCharts() {}

    static List<Chart> of(List<Result> results) {
        return results.stream()
                .flatMap(result -> result.targets().stream().map(target -> chart(result, target)))
                .toList();
    }

    private static Chart chart(Result result, Target target) {
        ToDoubleFunction<Reading> figure = target.isOfCpu() ? Reading::cpuMicrosPerEvent : Reading::perSecond;
        double limit = Median.of(result.limit(), figure);
        return new Chart(
                result.comparison() + (target.isOfCpu() ? "-cpu" : "-rate"),
                result.subjectName(),
                target.isOfCpu() ? "CPU µs per event" : "events/s",
                List.of(
                        Chart.limit(result.limitName(), limit),
                        Chart.bar(result.subjectName(), Median.of(result.subject(), figure))),
                new Chart.Mark(target.bound() * limit, target.words()));
    }
}
