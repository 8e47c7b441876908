package io.tollgate.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Kafka, a registry and PostgreSQL in a process of their own, on a fresh folder that goes when they do. */
public final class Servers implements AutoCloseable {
    /** Of {@code usage.events} and all that is spread as it is, unless it is said otherwise. */
    public static final int PARTITIONS = 4;

    private static final String HEAP = "1g";

    private final TemporaryFolder folder;
    private final Child child;
    private final Endpoints endpoints;

    private Servers(TemporaryFolder folder, Child child) {
        this.folder = folder;
        this.child = child;
        this.endpoints = Endpoints.of(List.of(child.ready().split(" ")));
    }

    public static Servers start() throws IOException {
        return start(PARTITIONS);
    }

    public static Servers start(int partitions) throws IOException {
        TemporaryFolder folder = TemporaryFolder.create();
        List<String> arguments = List.of(folder.path().toString(), Integer.toString(partitions));
        try {
            return new Servers(folder, Child.start(ServersMain.class, HEAP, folder.path(), arguments));
        } catch (IOException e) {
            folder.close();
            throw e;
        }
    }

    public Endpoints endpoints() {
        return endpoints;
    }

    /** A folder for a process that works on these servers. */
    public Path folder(String name) throws IOException {
        return Files.createDirectories(folder.path().resolve(name));
    }

    @Override
    public void close() {
        child.close();
        folder.close();
    }
}
