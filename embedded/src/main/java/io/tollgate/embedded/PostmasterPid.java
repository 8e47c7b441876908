package io.tollgate.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@code postmaster.pid} of a data folder. After a {@code kill -9} of the JVM its server lives on and holds the
 * folder, so it must be stopped before another starts. Only a process whose command line names this very folder is
 * touched: after a reboot the same number may be anybody's.
 */
final class PostmasterPid {
    private static final Logger log = LoggerFactory.getLogger(PostmasterPid.class);
    private static final int PORT_LINE = 3;
    private static final int STATUS_LINE = 7;
    private static final Duration ORPHAN_LIMIT = Duration.ofSeconds(20);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    private final Path file;
    private final Path data;

    PostmasterPid(PostgresFolder folder) {
        this.file = folder.pidFile();
        this.data = folder.data();
    }

    boolean saysReady(long pid) throws IOException {
        List<String> lines = lines();
        return lines.size() > STATUS_LINE
                && lines.get(0).strip().equals(Long.toString(pid))
                && lines.get(STATUS_LINE).strip().equals("ready");
    }

    /** The port of this folder's server; empty where it does not run. */
    OptionalInt runningOn() throws IOException {
        List<String> lines = lines();
        boolean runs = lines.size() > PORT_LINE
                && holder().filter(this::isServerOfThisFolder).isPresent();
        return runs ? OptionalInt.of(Integer.parseInt(lines.get(PORT_LINE).strip())) : OptionalInt.empty();
    }

    /** Stops a server that an earlier JVM left behind, and clears a number that a stranger has now. */
    void stopOrphan() throws IOException {
        Optional<ProcessHandle> holder = holder();
        if (holder.isEmpty()) {
            // PostgreSQL itself removes the file of a dead server.
            return;
        }
        if (isServerOfThisFolder(holder.get())) {
            log.warn(
                    "stopping the PostgreSQL (pid {}) that an earlier start left in {}",
                    holder.get().pid(),
                    data);
            stop(holder.get(), ORPHAN_LIMIT);
        } else {
            disown();
        }
    }

    private Optional<ProcessHandle> holder() throws IOException {
        List<String> lines = lines();
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        try {
            return ProcessHandle.of(Long.parseLong(lines.get(0).strip())).filter(ProcessHandle::isAlive);
        } catch (NumberFormatException e) {
            throw new IOException(file + " does not begin with a process id: " + lines.get(0), e);
        }
    }

    private boolean isServerOfThisFolder(ProcessHandle process) {
        return process.info()
                .arguments()
                .map(arguments -> Arrays.asList(arguments).contains(data.toString()))
                .orElse(false);
    }

    /**
     * PostgreSQL would take the stranger for a living server and refuse. It takes its own parent's number for a stale
     * one, though, and goes on to its second check, whether old backends still hold the shared memory. (Removing the
     * file would skip that check.)
     */
    private void disown() throws IOException {
        List<String> lines = new ArrayList<>(lines());
        log.info("{} names pid {}, which is no PostgreSQL of this folder any more", file, lines.get(0));
        lines.set(0, Long.toString(ProcessHandle.current().pid()));
        Path corrected = file.resolveSibling("postmaster.pid.corrected");
        Files.write(corrected, lines);
        Files.move(corrected, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private List<String> lines() throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** A fast shutdown; where it takes longer than the limit, a kill. */
    static void stop(ProcessHandle server, Duration limit) throws IOException {
        Command.interrupt(server);
        if (!ProcessEnd.within(List.of(server), limit)) {
            log.warn("PostgreSQL (pid {}) did not stop within {} and is killed", server.pid(), limit);
            kill(server);
        }
    }

    /** As a crash would: the server and all its backends at once. */
    static void kill(ProcessHandle server) throws IOException {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(server), server.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        if (!ProcessEnd.within(all, KILL_LIMIT)) {
            throw new IOException("PostgreSQL (pid " + server.pid() + ") could not be killed");
        }
    }
}
