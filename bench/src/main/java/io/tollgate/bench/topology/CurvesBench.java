package io.tollgate.bench.topology;

import io.tollgate.bench.Reading;
import io.tollgate.bench.process.Child;
import io.tollgate.bench.process.Servers;
import io.tollgate.bench.report.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What an event costs the topology, over the number of partitions and over the number of companies, and where one of them
 * has most of the traffic. Each point is run on servers and in a process of its own, after a warm-up as long as the run;
 * all points in turn, forwards and backwards, since one run of all takes minutes in which the machine may change.
 */
public final class CurvesBench {
    private static final int EVENTS = 200_000;
    private static final int ROUNDS = 3;
    private static final int HOT_PERCENT = 90;
    private static final Traffic HUNDRED = Traffic.uniform(100);
    private static final Traffic MANY = Traffic.uniform(100_000);

    private static final List<Curve> CURVES = List.of(
            new Curve(
                    "partitions",
                    "flat within 10 %",
                    List.of(
                            new Point("1 partition", 1, HUNDRED),
                            new Point("2 partitions", 2, HUNDRED),
                            new Point("4 partitions", 4, HUNDRED),
                            new Point("8 partitions", 8, HUNDRED))),
            new Curve(
                    "companies",
                    "reported",
                    List.of(
                            new Point("1 company", Servers.PARTITIONS, Traffic.uniform(1)),
                            new Point("100 companies", Servers.PARTITIONS, HUNDRED),
                            new Point("100,000 companies", Servers.PARTITIONS, MANY))),
            new Curve(
                    "hot",
                    "≤ 1.00",
                    List.of(
                            new Point("100 companies, uniform", Servers.PARTITIONS, HUNDRED),
                            new Point(
                                    "100 companies, one with 90 %", Servers.PARTITIONS, HUNDRED.withHot(HOT_PERCENT)))),
            new Curve(
                    "hot",
                    "≤ 1.00",
                    List.of(
                            new Point("100,000 companies, uniform", Servers.PARTITIONS, MANY),
                            new Point(
                                    "100,000 companies, one with 90 %",
                                    Servers.PARTITIONS, MANY.withHot(HOT_PERCENT)))));

    private CurvesBench() {}

    /**
     * Points of which one thing differs.
     *
     * @param target of each point's CPU per event by the first one's, for people
     */
    record Curve(String name, String target, List<Point> points) {}

    /** One setting of load and servers; two that are equal but for their names are run once. */
    record Point(String name, int partitions, Traffic traffic) {
        Point anonymous() {
            return new Point("", partitions, traffic);
        }
    }

    /** Arguments: events of a run, rounds, and the name of the one curve that is wanted. */
    public static void main(String[] arguments) throws Exception {
        int events = arguments.length < 1 ? EVENTS : number(arguments[0]);
        int rounds = arguments.length < 2 ? ROUNDS : number(arguments[1]);
        List<Curve> curves = CURVES.stream()
                .filter(curve -> arguments.length < 3 || curve.name().equals(arguments[2]))
                .toList();
        if (curves.isEmpty()) {
            throw new IllegalArgumentException("there is no curve " + arguments[2]);
        }
        Child.fixClassPath();
        CurveFigures figures = new CurveFigures();
        List<Point> points = new ArrayList<>(distinct(curves));
        for (int round = 0; round < rounds; round++) {
            for (Point point : points) {
                Reading reading = run(point, events);
                figures.add(point, reading);
                System.err.printf(
                        Locale.ROOT,
                        "  %-34s %,9.0f/s  %6.2f µs CPU an event%n",
                        point.name(),
                        reading.perSecond(),
                        reading.cpuMicrosPerEvent());
            }
            Collections.reverse(points);
        }
        String page =
                "%s.%n%n%,d events a run after a warm-up as long, medians of %d runs; the ratio is of CPU per event to the curve's first.%n%n%s"
                        .formatted(Machine.here().described(), events, rounds, figures.table(curves));
        Path out = Path.of(System.getProperty("bench.home", "bench"), "target");
        Files.createDirectories(out);
        Files.writeString(out.resolve("curves.md"), page);
        System.out.println(page);
    }

    static List<Point> distinct(List<Curve> curves) {
        List<Point> points = new ArrayList<>();
        for (Curve curve : curves) {
            for (Point point : curve.points()) {
                if (points.stream().map(Point::anonymous).noneMatch(point.anonymous()::equals)) {
                    points.add(point);
                }
            }
        }
        return points;
    }

    private static Reading run(Point point, int events) throws Exception {
        try (Servers servers = Servers.start(point.partitions());
                MeteringProcess metering = MeteringProcess.start(point.name(), servers)) {
            metering.of(point.traffic());
            Reading unused = metering.run(0, events);
            return metering.run(1, events);
        }
    }

    private static int number(String text) {
        return Integer.parseInt(text.replace("_", ""));
    }
}
