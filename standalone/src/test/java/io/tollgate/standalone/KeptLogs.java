package io.tollgate.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The logs of a stack whose folder is about to go, for the search for secrets that follows all tests. */
final class KeptLogs {
    private static final Path FOLDER = Path.of("target", "kept-logs");

    private KeptLogs() {}

    /** Logs in the data folder, and files beside it that a stack wrote to. */
    static void of(Path data, Path... others) {
        DataFolder folder = new DataFolder(data);
        try {
            Files.createDirectories(FOLDER);
            Path kept = Files.createTempDirectory(FOLDER, "stack");
            for (Path from : List.of(folder.logs(), folder.postgres())) {
                copyFiles(from, kept);
            }
            for (Path other : others) {
                Files.copy(other, kept.resolve(other.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copyFiles(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> files = Files.list(from)) {
            for (Path log :
                    files.filter(file -> file.toString().endsWith(".log")).toList()) {
                Files.copy(log, to.resolve(log.getFileName()));
            }
        }
    }
}
