package io.tollgate.streams;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of the stores, and whether they were closed when it was last left. Of stores that were not, Streams believes
 * nothing: exactly-once, they may hold what was never committed. It finds that out store by store while it takes tasks up,
 * which fails and is begun again; a folder that is empty it fills from the changelogs at once.
 */
final class StateFolder {
    private static final String CLOSED = "closed";

    private final Path mark;

    StateFolder(Path folder) {
        this.mark = folder.resolve(CLOSED);
    }

    /** Gives whether all stores in it are closed, and takes it that from now on they are open. */
    boolean open() throws IOException {
        return Files.deleteIfExists(mark);
    }

    /** Says that all stores are closed. */
    void closed() throws IOException {
        Files.createDirectories(mark.getParent());
        Files.createFile(mark);
    }
}
