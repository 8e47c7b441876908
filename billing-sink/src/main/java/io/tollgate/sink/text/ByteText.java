package io.tollgate.sink.text;

import io.tollgate.avro.ExactDecimal;
import io.tollgate.schemas.decimal.Decimals;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text as UTF-8 bytes in a buffer that grows and is used again. Numbers are written digit by digit: no string is made on
 * the way. Not thread-safe.
 */
public final class ByteText {
    /** What PostgreSQL's NUMERIC holds after the point; a longer number is refused here, before it fills the memory. */
    private static final int MAX_DECIMALS = 16_383;

    private static final int LONGEST_LONG = 20;

    private final byte[] digits = new byte[LONGEST_LONG];
    private byte[] bytes;
    private int length;

    public ByteText(int capacity) {
        bytes = new byte[capacity];
    }

    public int length() {
        return length;
    }

    /** The buffer itself, valid up to {@link #length} and until the next write. */
    public byte[] buffer() {
        return bytes;
    }

    public void clear() {
        length = 0;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    void octet(char ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
    }

    void ascii(String text) {
        int count = text.length();
        room(count);
        for (int i = 0; i < count; i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
    }

    void hex(int octet) {
        octet(Character.forDigit((octet >> 4) & 0xf, 16));
        octet(Character.forDigit(octet & 0xf, 16));
    }

    /** The character at {@code index} in UTF-8; a lone surrogate becomes a question mark, as in {@code String.getBytes}. */
    int codePoint(String text, int index) {
        char c = text.charAt(index);
        room(4);
        if (c < 0x80) {
            bytes[length++] = (byte) c;
        } else if (c < 0x800) {
            bytes[length++] = (byte) (0xc0 | (c >> 6));
            bytes[length++] = (byte) (0x80 | (c & 0x3f));
        } else if (!Character.isSurrogate(c)) {
            bytes[length++] = (byte) (0xe0 | (c >> 12));
            bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3f));
            bytes[length++] = (byte) (0x80 | (c & 0x3f));
        } else if (Character.isHighSurrogate(c)
                && index + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(index + 1))) {
            int point = Character.toCodePoint(c, text.charAt(index + 1));
            bytes[length++] = (byte) (0xf0 | (point >> 18));
            bytes[length++] = (byte) (0x80 | ((point >> 12) & 0x3f));
            bytes[length++] = (byte) (0x80 | ((point >> 6) & 0x3f));
            bytes[length++] = (byte) (0x80 | (point & 0x3f));
            return 2;
        } else {
            bytes[length++] = '?';
        }
        return 1;
    }

    public void number(long value) {
        if (value < 0) {
            octet('-');
        }
        int start = digitsOf(value);
        append(start, LONGEST_LONG);
    }

    /** {@code value} in exactly {@code width} digits, zeros in front. */
    void padded(int value, int width) {
        room(width);
        for (int i = length + width - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + value % 10);
            value /= 10;
        }
        length += width;
    }

    /**
     * Plain notation, never an exponent.
     *
     * @throws UnstorableException if it has more decimals than NUMERIC takes
     */
    public void decimal(ExactDecimal value) {
        int scale = value.getScale();
        if (scale < 0 || scale > MAX_DECIMALS) {
            throw new UnstorableException("a number with scale " + scale);
        }
        if (value.getBig() != null) {
            ascii(Decimals.fromAvro(value).toBigDecimal().toPlainString());
            return;
        }
        long unscaled = value.getUnscaled();
        if (unscaled < 0) {
            octet('-');
        }
        int start = digitsOf(unscaled);
        int point = LONGEST_LONG - scale;
        if (point > start) {
            append(start, point);
        } else {
            octet('0');
        }
        if (scale > 0) {
            octet('.');
            for (int zeros = start - point; zeros > 0; zeros--) {
                octet('0');
            }
            append(Math.max(start, point), LONGEST_LONG);
        }
    }

    /** Leaves the digits of |value| at the end of {@link #digits} and answers where they begin. */
    private int digitsOf(long value) {
        int start = LONGEST_LONG;
        do {
            // Signed remainders: the smallest long has no positive counterpart.
            digits[--start] = (byte) ('0' + Math.abs(value % 10));
            value /= 10;
        } while (value != 0);
        return start;
    }

    private void append(int from, int to) {
        room(to - from);
        System.arraycopy(digits, from, bytes, length, to - from);
        length += to - from;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
