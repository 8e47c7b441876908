package io.tollgate.oracle;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** What was sent and how it was answered, packed: 25 bytes for each try. */
final class SentLog {
    private static final List<String> KINDS = List.of("usage", "void", "amend", "malformed");

    private long[] high = new long[1024];
    private long[] low = new long[1024];
    private int[] revisions = new int[1024];
    private byte[] flags = new byte[1024];
    private int size;

    /** Something that may be sent several times. */
    record Word(String kind, int revision) {}

    /** How often it was tried, and how often acknowledged. */
    record Tries(long tried, long acknowledged) {
        static final Tries NONE = new Tries(0, 0);

        Tries plus(Tries more) {
            return new Tries(tried + more.tried, acknowledged + more.acknowledged);
        }
    }

    /**
     * Reads NDJSON: {@code company}, {@code source} and {@code id} of the event spoken of, {@code kind}, {@code revision}
     * of an amend, {@code acknowledged}, {@code rejected}.
     */
    static SentLog read(Path file) throws IOException {
        SentLog log = new SentLog();
        ObjectReader reader = JsonMapper.shared().reader();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    log.add(reader.readTree(line));
                }
            }
        }
        return log;
    }

    private void add(JsonNode line) throws IOException {
        int kind = KINDS.indexOf(line.path("kind").asString(""));
        JsonNode id = line.path("id");
        if (kind < 0) {
            throw new IOException("what was sent is usage, void, amend or malformed: " + line);
        }
        // What has no name can't be looked for, and what was rejected must be nowhere: both allow nothing.
        if (!id.isString() || line.path("rejected").asBoolean(false)) {
            return;
        }
        if (size == flags.length) {
            high = Arrays.copyOf(high, size * 2);
            low = Arrays.copyOf(low, size * 2);
            revisions = Arrays.copyOf(revisions, size * 2);
            flags = Arrays.copyOf(flags, size * 2);
        }
        EventId event = EventId.of(
                line.path("company").asString(""), line.path("source").asString(""), id.asString());
        high[size] = event.high();
        low[size] = event.low();
        revisions[size] = line.path("revision").asInt(1);
        boolean acknowledged = line.path("acknowledged").asBoolean(false);
        flags[size] = (byte) (kind << 1 | (acknowledged ? 1 : 0));
        size++;
    }

    /** Lines that say that something was taken, or may have been. */
    int size() {
        return size;
    }

    /** The tries about the events of one pass. */
    Map<EventId, Map<Word, Tries>> of(int pass, int passes) {
        Map<EventId, Map<Word, Tries>> tries = new HashMap<>();
        for (int i = 0; i < size; i++) {
            EventId event = new EventId(high[i], low[i]);
            if (event.pass(passes) == pass) {
                Word word = new Word(KINDS.get(flags[i] >> 1), revisions[i]);
                tries.computeIfAbsent(event, id -> new HashMap<>(2))
                        .merge(word, new Tries(1, flags[i] & 1), Tries::plus);
            }
        }
        return tries;
    }

    /** For people. */
    static String text(Map<Word, Tries> tries) {
        Map<String, String> sorted = new TreeMap<>();
        tries.forEach((word, count) -> sorted.put(
                word.kind() + " " + word.revision(),
                count.tried() + " tries, " + count.acknowledged() + " acknowledged"));
        return sorted.toString();
    }
}
