package io.tollgate.chaos;

import io.tollgate.embedded.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A program that runs all of Tollgate for a while and judges it. Its servers' data is deleted where all holds, and left for
 * whoever wants to look where it does not.
 */
public final class LongRun {
    private static final int USAGE = 2;

    private final String name;

    /**
     * The run of a name.
     *
     * @param name as in {@code bench/name}
     */
    public LongRun(String name) {
        this.name = name;
    }

    /**
     * What the command line asks for; ends the program where it asks for help or makes no sense.
     *
     * @param parse throws {@link IllegalArgumentException} with what to tell
     */
    public <T> T options(String[] arguments, String usage, Function<List<String>, T> parse) {
        List<String> given = List.of(arguments);
        if (given.contains("--help")) {
            System.out.print(usage);
            System.exit(0);
        }
        try {
            return parse.apply(given);
        } catch (IllegalArgumentException e) {
            System.err.println(name + ": " + e.getMessage());
            System.err.print(usage);
            System.exit(USAGE);
            throw e;
        }
    }

    /** Folder of the report, where the command line names none. */
    public Path out() {
        return Path.of(System.getProperty("chaos.out", "target/" + name));
    }

    /** Does the work in a new folder. */
    public <T> T run(long seed, Work<T> work, Predicate<T> holds) throws Exception {
        System.out.println(name + ": seed " + seed);
        Path data = Files.createTempDirectory("tollgate-" + name + "-");
        boolean isKept = true;
        try {
            T report = work.in(data);
            isKept = !holds.test(report);
            return report;
        } finally {
            if (isKept) {
                System.err.println(name + ": seed " + seed + "; the data stays in " + data);
            } else {
                Folders.delete(data);
            }
        }
    }

    /** Something to do, with a folder for its data. */
    @FunctionalInterface
    public interface Work<T> {
        T in(Path data) throws Exception;
    }
}
