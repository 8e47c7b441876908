package io.tollgate.embedded.registry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry on disk: lines appended and synced before they are answered for. A last line without its end was never
 * answered for, so it is cut off; a damaged line before it is a damaged registry, and opening fails.
 */
final class Journal implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Journal.class);

    private final FileChannel channel;
    private final List<JournalEntry> kept;

    private Journal(FileChannel channel, List<JournalEntry> kept) {
        this.channel = channel;
        this.kept = kept;
    }

    static Journal open(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("schemas.jsonl");
        byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        int whole = endOfLastLine(bytes);
        List<JournalEntry> kept = parse(file, new String(bytes, 0, whole, StandardCharsets.UTF_8));
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (whole < bytes.length) {
            log.warn("{} ends in a line that was never finished; its {} bytes are dropped", file, bytes.length - whole);
            channel.truncate(whole);
        }
        channel.position(whole);
        channel.force(true);
        syncFolder(folder);
        return new Journal(channel, kept);
    }

    /** What earlier runs have written, in order. */
    List<JournalEntry> kept() {
        return kept;
    }

    void append(JournalEntry entry) throws IOException {
        long before = channel.position();
        ByteBuffer line = StandardCharsets.UTF_8.encode(entry.toLine() + "\n");
        try {
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(false);
        } catch (IOException e) {
            // Half a line must not stay in front of the next one.
            channel.truncate(before);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static int endOfLastLine(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static List<JournalEntry> parse(Path file, String text) throws IOException {
        List<JournalEntry> entries = new ArrayList<>();
        for (String line : text.lines().toList()) {
            try {
                entries.add(JournalEntry.fromLine(line));
            } catch (IllegalArgumentException e) {
                throw new IOException(file + ", line " + (entries.size() + 1) + ": " + e.getMessage(), e);
            }
        }
        return entries;
    }

    /** Else a new file's name may be lost with the power, though its content was synced. */
    private static void syncFolder(Path folder) throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
