package io.tollgate.bench.loop;

import static io.tollgate.bench.report.Figures.column;

import io.tollgate.bench.report.Figures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the loops with JMH's own options, and says what each pass allocates. */
public final class Loops {
    /** JMH's name of the bytes that a pass allocates. */
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private Loops() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Figures.folder());
        Options options = new OptionsBuilder()
                .parent(new CommandLineOptions(arguments))
                .addProfiler(GCProfiler.class)
                .resultFormat(ResultFormatType.JSON)
                .result(folder.resolve("loops.jmh").toString())
                .build();
        keep(new Runner(options).run());
    }

    private static void keep(Collection<RunResult> runs) throws Exception {
        Figures figures = new Figures(
                "loops",
                "one thread, by JMH; ± is half of the interval that the mean is in by 99.9 %",
                "loop",
                column("time, ns", 0),
                column("±", 0),
                column("allocated, bytes", 0));
        for (RunResult run : runs) {
            Result<?> time = run.getPrimaryResult();
            Result<?> allocated = run.getSecondaryResults().get(ALLOCATED);
            String[] path = run.getParams().getBenchmark().split("\\.", -1);
            figures.row(
                    path[path.length - 2] + "." + path[path.length - 1],
                    time.getScore(),
                    time.getScoreError(),
                    allocated == null ? Double.NaN : allocated.getScore());
        }
        figures.publish();
    }
}
