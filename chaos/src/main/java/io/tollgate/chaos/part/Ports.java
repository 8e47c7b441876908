package io.tollgate.chaos.part;

import io.tollgate.embedded.FreePorts;
import java.util.ArrayList;
import java.util.List;

/**
 * Ports below those that the system gives to outgoing connections. One of theirs could be taken while its process is
 * dead, even by a client that tries to reach it and meets itself.
 */
final class Ports {
    private static final int LOWEST = 18_000;
    private static final int HIGHEST = 32_000;
    private static final int STEP = 40;

    private Ports() {}

    static List<Integer> choose(int count) {
        List<Integer> free = new ArrayList<>();
        int span = HIGHEST - LOWEST;
        int start = (int) (ProcessHandle.current().pid() * STEP % span);
        for (int i = 0; i < span && free.size() < count; i++) {
            int port = LOWEST + (start + i) % span;
            if (!FreePorts.isBusy(port)) {
                free.add(port);
            }
        }
        if (free.size() < count) {
            throw new IllegalStateException(
                    count + " free ports from " + LOWEST + " to " + HIGHEST + " were not found");
        }
        return free;
    }
}
