package io.tollgate.bench.standalone;

import static io.tollgate.bench.report.Figures.column;

import io.tollgate.bench.Median;
import io.tollgate.bench.process.TemporaryFolder;
import io.tollgate.bench.report.Chart;
import io.tollgate.bench.report.Figures;
import io.tollgate.bench.report.Figures.Column;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * How soon {@code ./tollgate up} is ready, in an empty folder and in one that another has left, and how much memory all its
 * processes take: when it is ready, and after half a minute under a small load.
 */
public final class ReadyBench {
    private static final int STARTS = 5;
    private static final int LOAD_SECONDS = 30;
    private static final int LOAD_PER_SECOND = 500;
    private static final double LONGEST_SECONDS = 15;
    private static final double MOST_MIB = 1536;
    private static final Column SECONDS = column("seconds to ready", 1);
    private static final Column LOADED = column("MiB under load", 0);

    private ReadyBench() {}

    /** What one start was like. */
    private record Start(double seconds, Memory ready, Memory loaded) {}

    /** Arguments, both with a default: starts of each kind, seconds of load. */
    public static void main(String[] arguments) throws Exception {
        int starts = arguments.length > 0 ? Integer.parseInt(arguments[0]) : STARTS;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : LOAD_SECONDS;
        Figures figures = new Figures(
                "ready",
                String.format(
                        Locale.ROOT,
                        "./tollgate up from built jars to its line `ready`, medians of %d starts; memory of all its"
                                + " processes, when it is ready and after %d s of %d events/s; shared once: what processes"
                                + " share is counted once, not in each",
                        starts,
                        seconds,
                        LOAD_PER_SECOND),
                "data folder",
                SECONDS,
                column("fastest", 1),
                column("slowest", 1),
                column("MiB when ready", 0),
                LOADED,
                column("MiB under load, shared once", 0));
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            // Builds what is not built, and brings the files into the page cache.
            Standalone.start(folder.path().resolve("warm-up")).close();
            row(figures, "empty", starts(starts, seconds, i -> folder.path().resolve("data-" + i)));
            Path last = folder.path().resolve("data-" + (starts - 1));
            row(figures, "of the last start", starts(starts, seconds, i -> last));
        }
        figures.chart("ready-seconds", "./tollgate up", SECONDS, new Chart.Mark(LONGEST_SECONDS, "under 15 s"));
        figures.chart("ready-memory", "Memory of ./tollgate up", LOADED, new Chart.Mark(MOST_MIB, "under 1.5 GiB"));
        figures.publish();
    }

    /** Which folder a start is in. */
    @FunctionalInterface
    private interface Folders {
        Path of(int start);
    }

    private static List<Start> starts(int count, int seconds, Folders folders)
            throws IOException, InterruptedException {
        List<Start> starts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            starts.add(start(folders.of(i), seconds));
        }
        return starts;
    }

    private static Start start(Path data, int seconds) throws IOException, InterruptedException {
        try (Standalone tollgate = Standalone.start(data)) {
            Memory ready = tollgate.memory();
            try (BatchSender sender = new BatchSender(
                    tollgate.gateway(), Senders.batches(tollgate, 1), Duration.ofDays(1), (batch, number, at) -> {})) {
                sender.rate(LOAD_PER_SECOND);
                TimeUnit.SECONDS.sleep(seconds);
                Memory loaded = tollgate.memory();
                sender.pause();
                if (sender.acknowledged() == 0) {
                    throw new IllegalStateException("no event was taken in " + seconds + " s");
                }
                return new Start(tollgate.startedIn().toNanos() / 1e9, ready, loaded);
            }
        }
    }

    private static void row(Figures figures, String folder, List<Start> starts) {
        figures.row(
                folder,
                median(starts, Start::seconds),
                starts.stream().mapToDouble(Start::seconds).min().orElseThrow(),
                starts.stream().mapToDouble(Start::seconds).max().orElseThrow(),
                median(starts, start -> start.ready().resident()),
                median(starts, start -> start.loaded().resident()),
                median(starts, start -> start.loaded().proportional()));
    }

    private static double median(List<Start> starts, ToDoubleFunction<Start> figure) {
        return Median.of(starts.stream().mapToDouble(figure).toArray());
    }
}
