package io.tollgate.chaos.fuzz;

import io.tollgate.chaos.LongRun;
import io.tollgate.chaos.part.Layout;
import java.nio.file.Files;
import java.nio.file.Path;

/** The long run: {@code bench/fuzz} starts it. Ends with 1 where something was found. */
public final class Fuzz {
    private static final LongRun RUN = new LongRun("fuzz");

    private Fuzz() {}

    public static void main(String[] arguments) throws Exception {
        FuzzOptions options = RUN.options(
                arguments, FuzzOptions.USAGE, given -> FuzzOptions.parse(given, System.nanoTime(), RUN.out()));
        System.exit(run(options) ? 0 : 1);
    }

    private static boolean run(FuzzOptions options) throws Exception {
        Path out = Files.createDirectories(options.out());
        FuzzRun.Settings settings = new FuzzRun.Settings(options.seed(), Layout.single(), options.inputs());
        FuzzReport report = RUN.run(
                options.seed(), data -> new FuzzRun(settings, data, out.resolve("logs")).run(), FuzzReport::holds);
        String json = report.toJson();
        Files.writeString(out.resolve("fuzz.json"), json);
        System.out.println(json);
        return report.holds();
    }
}
