package io.tollgate.sink.text;

import io.tollgate.avro.ExactDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the text format of {@code COPY … FROM STDIN}: columns in order, then {@link #endRow}. Not thread-safe.
 */
public final class CopyRows {
    private final ByteText out;
    private boolean atStart = true;

    public CopyRows(int capacity) {
        out = new ByteText(capacity);
    }

    /** What has been written since the last {@link #restart}. */
    public ByteText bytes() {
        return out;
    }

    /** Forgets everything, a row begun included. */
    public void restart() {
        out.clear();
        atStart = true;
    }

    public void endRow() {
        out.octet('\n');
        atStart = true;
    }

    public CopyRows text(@Nullable String value) {
        if (value == null) {
            return none();
        }
        separate();
        int length = value.length();
        for (int i = 0; i < length; ) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> out.ascii("\\\\");
                case '\n' -> out.ascii("\\n");
                case '\r' -> out.ascii("\\r");
                case '\t' -> out.ascii("\\t");
                default -> {
                    i += out.codePoint(value, i);
                    continue;
                }
            }
            i++;
        }
        return this;
    }

    /** A {@code text[]} column. */
    public CopyRows texts(@Nullable List<String> values) {
        return text(values == null ? null : TextArray.of(values));
    }

    public CopyRows number(long value) {
        separate();
        out.number(value);
        return this;
    }

    public CopyRows number(@Nullable Integer value) {
        return value == null ? none() : number((long) value);
    }

    public CopyRows number(@Nullable Long value) {
        return value == null ? none() : number((long) value);
    }

    public CopyRows decimal(@Nullable ExactDecimal value) {
        if (value == null) {
            return none();
        }
        separate();
        out.decimal(value);
        return this;
    }

    public CopyRows truth(boolean value) {
        separate();
        out.octet(value ? 't' : 'f');
        return this;
    }

    /** A uuid of the first 16 bytes. */
    public CopyRows uuid(byte[] bytes) {
        separate();
        for (int i = 0; i < 16; i++) {
            out.hex(bytes[i]);
        }
        return this;
    }

    public CopyRows date(long epochDay) {
        separate();
        Calendar.date(epochDay, out);
        return this;
    }

    public CopyRows timestamp(long epochMicros) {
        separate();
        Calendar.timestamp(epochMicros, out);
        return this;
    }

    /** A jsonb column, to be written through what this answers. */
    public Json json() {
        separate();
        return Json.inCopy(out);
    }

    private CopyRows none() {
        separate();
        out.ascii("\\N");
        return this;
    }

    private void separate() {
        if (!atStart) {
            out.octet('\t');
        }
        atStart = false;
    }
}
