package io.tollgate.bench.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Memory of a process and all that it has started, in MiB.
 *
 * @param resident the sum of what each has in memory; what processes share (PostgreSQL's buffers, libraries) is in it as
 *     often as there are processes
 * @param proportional the same, what is shared counted once
 */
record Memory(double resident, double proportional) {
    private static final double KIB_PER_MIB = 1024;

    /** As it is now. Linux alone tells. */
    static Memory of(ProcessHandle process) throws IOException {
        List<ProcessHandle> tree =
                Stream.concat(Stream.of(process), process.descendants()).toList();
        double resident = 0;
        double proportional = 0;
        for (ProcessHandle each : tree) {
            try {
                String rollup = Files.readString(Path.of("/proc", Long.toString(each.pid()), "smaps_rollup"));
                resident += kib(rollup, "Rss") / KIB_PER_MIB;
                proportional += kib(rollup, "Pss") / KIB_PER_MIB;
            } catch (IOException e) {
                if (each.isAlive()) {
                    throw e;
                }
                // It ended meanwhile, and has none.
            }
        }
        return new Memory(resident, proportional);
    }

    /** A figure of {@code /proc/PID/smaps_rollup}. */
    static long kib(String rollup, String name) {
        Matcher line = Pattern.compile("^" + name + ": +([0-9]+) kB$", Pattern.MULTILINE)
                .matcher(rollup);
        if (!line.find()) {
            throw new IllegalArgumentException(name + " is not in " + rollup);
        }
        return Long.parseLong(line.group(1));
    }
}
