package io.tollgate.schemas;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Key of several parts, unambiguous because every part carries its length: four bytes big-endian, -1 for an absent
 * part, then UTF-8. Used for records that are named by more than one word (price timelines, stats rows).
 */
public final class CompositeKey {
    private static final int ABSENT = -1;

    private CompositeKey() {}

    /** The parts in order; null is an absent part and differs from an empty one. */
    public static byte[] of(@Nullable String... parts) {
        byte[][] encoded = new byte[parts.length][];
        int length = 0;
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i];
            length += Integer.BYTES;
            if (part != null) {
                encoded[i] = part.getBytes(StandardCharsets.UTF_8);
                length += encoded[i].length;
            }
        }
        ByteBuffer key = ByteBuffer.allocate(length);
        for (byte[] part : encoded) {
            if (part == null) {
                key.putInt(ABSENT);
            } else {
                key.putInt(part.length).put(part);
            }
        }
        return key.array();
    }

    /**
     * The parts of a key made by {@link #of}.
     *
     * @throws IllegalArgumentException if the bytes are no such key
     */
    public static List<@Nullable String> parts(byte[] key) {
        List<@Nullable String> parts = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(key);
        while (in.hasRemaining()) {
            int length = in.remaining() < Integer.BYTES ? Integer.MAX_VALUE : in.getInt();
            if (length == ABSENT) {
                parts.add(null);
            } else if (length < 0 || length > in.remaining()) {
                throw new IllegalArgumentException("not a composite key of " + key.length + " bytes");
            } else {
                byte[] part = new byte[length];
                in.get(part);
                parts.add(new String(part, StandardCharsets.UTF_8));
            }
        }
        return parts;
    }
}
