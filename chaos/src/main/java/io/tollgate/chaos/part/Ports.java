package io.tollgate.chaos.part;

import io.tollgate.embedded.FreePorts;

/**
 * Ports below those that the system gives to outgoing connections, each handed out once. One of theirs could be taken
 * while its process is dead, even by a client that tries to reach it and meets itself.
 */
final class Ports {
    private static final int LOWEST = 18_000;
    private static final int HIGHEST = 32_000;
    private static final int STEP = 40;

    private int last = (int) (ProcessHandle.current().pid() * STEP % (HIGHEST - LOWEST));

    int next() {
        for (int tried = 0; tried < HIGHEST - LOWEST; tried++) {
            last = (last + 1) % (HIGHEST - LOWEST);
            if (!FreePorts.isBusy(LOWEST + last)) {
                return LOWEST + last;
            }
        }
        throw new IllegalStateException("no port from " + LOWEST + " to " + HIGHEST + " is free");
    }
}
