package io.tollgate.standalone.doctor;

import io.tollgate.embedded.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** This machine: what is free of its disks and ports. */
final class Machine {
    private static final long GIB = 1L << 30;
    private static final long LITTLE = 5 * GIB;
    private static final long TOO_LITTLE = GIB;
    /** Seven servers of 'up'. */
    private static final int PORTS = 7;

    private Machine() {}

    /** Bytes that are free where a folder is, or would be. */
    static long free(Path folder) throws IOException {
        Path there = folder.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (there == null) {
            throw new IOException("there is no such place as " + folder);
        }
        return Files.getFileStore(there).getUsableSpace();
    }

    static Finding disk(Path folder, long free) {
        String detail = "%.1f GiB free under %s".formatted((double) free / GIB, folder);
        if (free < TOO_LITTLE) {
            return Finding.broken("disk", detail, "make room: without it the broker stops, and with it everything");
        }
        return free < LITTLE
                ? Finding.warn("disk", detail, "make room, or keep less: see retention in docs/operations.md")
                : Finding.ok("disk", detail);
    }

    static List<Integer> busyPorts(int base) {
        return IntStream.range(base, base + PORTS)
                .filter(FreePorts::isBusy)
                .boxed()
                .toList();
    }

    /** Of a machine on which no 'up' runs. */
    static Finding ports(int base, List<Integer> busy) {
        return busy.isEmpty()
                ? Finding.ok("ports", base + " to " + (base + PORTS - 1) + " are free for 'up'")
                : Finding.warn(
                        "ports",
                        busy + " of " + base + " to " + (base + PORTS - 1) + " are in use",
                        "'up' would not start: stop what listens there, or choose others with --port-base N");
    }
}
