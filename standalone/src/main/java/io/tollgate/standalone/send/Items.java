package io.tollgate.standalone.send;

import io.tollgate.standalone.client.HttpApi;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/**
 * The events of one file in their order, packed with gzip or not, without more of it in memory than one event: JSON lines,
 * an array, or events one after the other. A line that is no JSON is an objection and the next line is read; in
 * the other forms nothing behind such a place can be.
 */
final class Items implements AutoCloseable {
    private static final int GZIP = 0x1f8b;
    private static final String INVALID = "invalid_json";
    private static final byte[] NOTHING = new byte[0];

    private final String file;
    private final int largest;
    private final InputStream in;
    /** Null: lines. */
    private final @Nullable JsonParser values;

    private byte @Nullable [] first;
    private long line;
    private boolean isOver;

    private Items(String file, int largest, InputStream in, @Nullable JsonParser values, byte @Nullable [] first) {
        this.file = file;
        this.largest = largest;
        this.in = in;
        this.values = values;
        this.first = first;
    }

    /**
     * Begins with a file; whether it is lines is told by the first that is not empty.
     *
     * @param largest bytes of an event that can be sent
     */
    static Items of(String file, InputStream raw, int largest) throws IOException {
        InputStream in = unpacked(new BufferedInputStream(raw));
        long empty = 0;
        byte[] head;
        do {
            head = line(in, largest);
            empty++;
        } while (head != null && isBlank(head));
        if (head == null || head.length > largest || isWhole(head)) {
            Items items = new Items(file, largest, in, null, head);
            items.line = empty - 1;
            return items;
        }
        InputStream all = new SequenceInputStream(
                new ByteArrayInputStream("\n".repeat((int) empty - 1).getBytes(StandardCharsets.UTF_8)),
                new SequenceInputStream(
                        new ByteArrayInputStream(head),
                        new SequenceInputStream(new ByteArrayInputStream(new byte[] {'\n'}), in)));
        return new Items(file, largest, all, HttpApi.MAPPER.createParser(all), null);
    }

    /** The next; null at the end. */
    @Nullable
    Item next() throws IOException {
        if (isOver) {
            return null;
        }
        return values == null ? nextLine() : nextValue(values);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private @Nullable Item nextLine() throws IOException {
        byte[] text = first == null ? line(in, largest) : first;
        first = null;
        for (; text != null; text = line(in, largest)) {
            line++;
            if (text.length > largest) {
                return Item.wrong(file, line, NOTHING, "too_large", "an event has " + largest + " bytes at most");
            }
            if (!isBlank(text)) {
                return item(text);
            }
        }
        isOver = true;
        return null;
    }

    private Item item(byte[] text) {
        try {
            return item(line, text, HttpApi.MAPPER.readTree(text));
        } catch (JacksonException e) {
            return Item.wrong(file, line, text, INVALID, e.getOriginalMessage());
        }
    }

    private Item item(long at, byte[] text, JsonNode event) {
        if (!event.isObject()) {
            return Item.wrong(file, at, text, "invalid_event", "an event is a JSON object");
        }
        return new Item(file, at, text, RecentIds.identity(event), null);
    }

    private @Nullable Item nextValue(JsonParser parser) {
        try {
            JsonToken token = parser.nextToken();
            while (token == JsonToken.START_ARRAY || token == JsonToken.END_ARRAY) {
                token = parser.nextToken();
            }
            if (token == null) {
                isOver = true;
                return null;
            }
            line = parser.currentTokenLocation().getLineNr();
            JsonNode event = parser.readValueAsTree();
            byte[] text = HttpApi.MAPPER.writeValueAsBytes(event);
            return text.length > largest
                    ? Item.wrong(file, line, NOTHING, "too_large", "an event has " + largest + " bytes at most")
                    : item(line, text, event);
        } catch (JacksonException e) {
            isOver = true;
            long at = e.getLocation() == null ? line : e.getLocation().getLineNr();
            return Item.wrong(file, at, NOTHING, INVALID, e.getOriginalMessage() + "; nothing behind it was read");
        }
    }

    private static InputStream unpacked(BufferedInputStream in) throws IOException {
        in.mark(2);
        int magic = in.read() << 8 | in.read();
        in.reset();
        return magic == GZIP ? new BufferedInputStream(new GZIPInputStream(in)) : in;
    }

    private static boolean isWhole(byte[] line) {
        try {
            return HttpApi.MAPPER.readTree(line).isObject();
        } catch (JacksonException e) {
            return false;
        }
    }

    private static boolean isBlank(byte[] line) {
        for (byte one : line) {
            if (one != ' ' && one != '\t' && one != '\r') {
                return false;
            }
        }
        return true;
    }

    /** Without its end; one byte more than {@code largest} where it is longer, the rest of it skipped. */
    private static byte @Nullable [] line(InputStream in, int largest) throws IOException {
        int next = in.read();
        if (next < 0) {
            return null;
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        for (; next >= 0 && next != '\n'; next = in.read()) {
            if (line.size() <= largest) {
                line.write(next);
            }
        }
        return line.toByteArray();
    }
}
