package io.tollgate.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Kafka, a registry and PostgreSQL in a process of their own, on a fresh folder that goes when they do. */
public final class Servers implements AutoCloseable {
    /** Of {@code usage.events} and all that is spread as it is, unless it is said otherwise. */
    public static final int PARTITIONS = 4;

    private static final String HEAP = "1g";

    private final Path folder;
    private final Child child;
    private final Endpoints endpoints;

    private Servers(Path folder, Child child) {
        this.folder = folder;
        this.child = child;
        this.endpoints = Endpoints.of(List.of(child.ready().split(" ")));
    }

    public static Servers start() throws IOException {
        return start(PARTITIONS);
    }

    public static Servers start(int partitions) throws IOException {
        Path folder = Files.createTempDirectory("tollgate-bench-");
        List<String> arguments = List.of(folder.toString(), Integer.toString(partitions));
        try {
            return new Servers(folder, Child.start(ServersMain.class, HEAP, folder, arguments));
        } catch (IOException e) {
            delete(folder);
            throw e;
        }
    }

    public Endpoints endpoints() {
        return endpoints;
    }

    /** A folder for a process that works on these servers. */
    public Path folder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    @Override
    public void close() {
        child.close();
        try {
            delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
