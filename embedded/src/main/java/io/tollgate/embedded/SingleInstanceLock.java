package io.tollgate.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One process a data folder. The operating system holds the lock and drops it with the process, however that ends; the
 * process id in the file is only there to be named to whom comes second. The file stays: removing it while another
 * process opens it would let both in.
 */
public final class SingleInstanceLock implements AutoCloseable {
    private static final String FILE = "tollgate.lock";

    private final FileChannel channel;

    private SingleInstanceLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Throws {@link EmbeddedServerException}, naming the process that holds the folder, where one does. */
    public static SingleInstanceLock acquire(Path folder) {
        return tryAcquire(folder)
                .orElseThrow(() -> new EmbeddedServerException("another process (pid " + holder(folder)
                        + ") is running on " + folder.toAbsolutePath().normalize()
                        + ": stop it, or choose another data folder"));
    }

    /** Empty where another process, or this one, holds the folder. */
    static Optional<SingleInstanceLock> tryAcquire(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                return Optional.empty();
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return Optional.of(new SingleInstanceLock(channel));
        } catch (IOException e) {
            throw new EmbeddedServerException("the lock " + file + " could not be taken", e);
        }
    }

    private static String holder(Path folder) {
        try {
            String holder = Files.readString(folder.resolve(FILE)).strip();
            return holder.isEmpty() ? "unknown" : holder;
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held by this very JVM.
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.truncate(0);
            channel.close();
        } catch (IOException e) {
            throw new EmbeddedServerException("the lock could not be released", e);
        }
    }
}
