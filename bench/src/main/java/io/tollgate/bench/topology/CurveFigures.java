package io.tollgate.bench.topology;

import io.tollgate.bench.Median;
import io.tollgate.bench.Reading;
import io.tollgate.bench.topology.CurvesBench.Curve;
import io.tollgate.bench.topology.CurvesBench.Point;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The readings of all points, and the table that is made of them. */
final class CurveFigures {
    private final Map<Point, List<Reading>> readings = new HashMap<>();

    void add(Point point, Reading reading) {
        readings.computeIfAbsent(point.anonymous(), none -> new ArrayList<>()).add(reading);
    }

    String table(List<Curve> curves) {
        StringBuilder table = new StringBuilder(
                "| point | CPU µs per event | ratio | to reach | events/s | KB allocated per event |\n|---|---|---|---|---|---|\n");
        for (Curve curve : curves) {
            double first = median(curve.points().get(0), Reading::cpuMicrosPerEvent);
            for (Point point : curve.points()) {
                double cpu = median(point, Reading::cpuMicrosPerEvent);
                table.append(String.format(
                        Locale.ROOT,
                        "| %s | %.2f | %.2f | %s | %,.0f | %.2f |%n",
                        point.name(),
                        cpu,
                        cpu / first,
                        curve.target(),
                        median(point, Reading::perSecond),
                        median(point, Reading::allocatedBytesPerEvent) / 1e3));
            }
        }
        return table.toString();
    }

    private double median(Point point, ToDoubleFunction<Reading> figure) {
        return Median.of(readings.getOrDefault(point.anonymous(), List.of()), figure);
    }
}
