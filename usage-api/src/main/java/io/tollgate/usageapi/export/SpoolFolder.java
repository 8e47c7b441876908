package io.tollgate.usageapi.export;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * A folder of this process's own inside a shared one. It is locked while the process lives, by which the next one knows what a
 * dead one left behind, and takes it away. Only its owner may look inside: it holds bills.
 */
final class SpoolFolder implements AutoCloseable {
    private static final String LOCK = ".lock";

    private final Path own;
    private final Path lockFile;
    private final FileChannel lock;

    private SpoolFolder(Path own, Path lockFile, FileChannel lock) {
        this.own = own;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    static SpoolFolder open(@Nullable Path setting) throws IOException {
        Path shared = setting == null
                ? Path.of(System.getProperty("java.io.tmpdir"), "tollgate-exports-" + System.getProperty("user.name"))
                : setting;
        Files.createDirectories(shared, ownerOnly());
        removeWhatTheDeadLeft(shared);
        String name = UUID.randomUUID().toString();
        Path lockFile = shared.resolve(name + LOCK);
        FileChannel lock = FileChannel.open(lockFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        if (lock.tryLock() == null) {
            throw new IOException("somebody else holds " + lockFile);
        }
        return new SpoolFolder(Files.createDirectory(shared.resolve(name), ownerOnly()), lockFile, lock);
    }

    Path resolve(String name) {
        return own.resolve(name);
    }

    @Override
    public void close() throws IOException {
        FileSystemUtils.deleteRecursively(own);
        lock.close();
        Files.deleteIfExists(lockFile);
    }

    private static void removeWhatTheDeadLeft(Path shared) throws IOException {
        try (DirectoryStream<Path> locks = Files.newDirectoryStream(shared, "*" + LOCK)) {
            for (Path lockFile : locks) {
                if (isOfNobody(lockFile)) {
                    String name = lockFile.getFileName().toString();
                    FileSystemUtils.deleteRecursively(shared.resolve(name.substring(0, name.length() - LOCK.length())));
                    Files.deleteIfExists(lockFile);
                }
            }
        }
    }

    private static boolean isOfNobody(Path lockFile) throws IOException {
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock held = channel.tryLock()) {
            return held != null;
        } catch (OverlappingFileLockException e) {
            // Another service of this very process.
            return false;
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }
}
