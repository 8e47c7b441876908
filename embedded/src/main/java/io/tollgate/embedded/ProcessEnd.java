package io.tollgate.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Waits for processes that are not our children. One that ended but was never collected by its parent (in a container
 * whose first process is no init) counts as ended: it holds neither files nor ports.
 */
final class ProcessEnd {
    private static final long PAUSE_MILLIS = 5;

    private ProcessEnd() {}

    static boolean within(List<ProcessHandle> processes, Duration limit) throws IOException {
        long start = System.nanoTime();
        for (ProcessHandle process : processes) {
            while (isRunning(process)) {
                if (System.nanoTime() - start > limit.toNanos()) {
                    return false;
                }
                pause();
            }
        }
        return true;
    }

    private static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && !isZombie(process.pid());
    }

    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            // "pid (name) state …", and the name may hold anything.
            return stat.startsWith(") Z", stat.lastIndexOf(')'));
        } catch (IOException e) {
            // No /proc on this system, or gone meanwhile: isAlive decides.
            return false;
        }
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a process to end", e);
        }
    }
}
