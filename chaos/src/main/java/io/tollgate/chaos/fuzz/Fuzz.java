package io.tollgate.chaos.fuzz;

import io.tollgate.chaos.part.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The long run: {@code bench/fuzz} starts it. Ends with 1 where something was found. */
public final class Fuzz {
    private static final int USAGE = 2;

    private Fuzz() {}

    public static void main(String[] arguments) throws Exception {
        if (List.of(arguments).contains("--help")) {
            System.out.print(FuzzOptions.USAGE);
            return;
        }
        FuzzOptions options;
        try {
            options = FuzzOptions.parse(
                    List.of(arguments), System.nanoTime(), Path.of(System.getProperty("chaos.out", "target/fuzz")));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(FuzzOptions.USAGE);
            System.exit(USAGE);
            return;
        }
        System.exit(run(options) ? 0 : 1);
    }

    private static boolean run(FuzzOptions options) throws Exception {
        System.out.println("fuzz: seed " + options.seed());
        Path out = Files.createDirectories(options.out());
        Path data = Files.createTempDirectory("tollgate-fuzz-");
        FuzzRun.Settings settings = new FuzzRun.Settings(options.seed(), Layout.single(), options.inputs());
        FuzzReport report;
        try {
            report = new FuzzRun(settings, data, out.resolve("logs")).run();
        } catch (Exception e) {
            System.err.println("fuzz: seed " + options.seed() + " broke off; the data stays in " + data);
            throw e;
        }
        delete(data);
        String json = report.toJson();
        Files.writeString(out.resolve("fuzz.json"), json);
        System.out.println(json);
        return report.holds();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
