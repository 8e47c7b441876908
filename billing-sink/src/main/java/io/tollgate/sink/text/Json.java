package io.tollgate.sink.text;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.ExactDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON for {@code jsonb} columns: objects and arrays of strings and exact numbers. Inside a row of {@code COPY} every
 * backslash is written twice, since {@code COPY} takes one away.
 */
public final class Json {
    private final ByteText out;
    private final String backslash;
    private boolean first = true;

    private Json(ByteText out, String backslash) {
        this.out = out;
        this.backslash = backslash;
    }

    /** JSON as it is. */
    public static Json plain(ByteText out) {
        return new Json(out, "\\");
    }

    /** JSON inside a text row of {@code COPY}. */
    static Json inCopy(ByteText out) {
        return new Json(out, "\\\\");
    }

    /** {@code {"input":1200}} */
    public Json quantities(List<DimensionQuantity> quantities) {
        open('{');
        for (DimensionQuantity counted : quantities) {
            member(counted.getDimension(), counted.getQuantity());
        }
        return close('}');
    }

    /** {@code {"team":"search"}} */
    public Json strings(Map<String, String> members) {
        open('{');
        for (Map.Entry<String, String> member : members.entrySet()) {
            member(member.getKey(), member.getValue());
        }
        return close('}');
    }

    public Json open(char bracket) {
        comma();
        out.octet(bracket);
        first = true;
        return this;
    }

    public Json close(char bracket) {
        out.octet(bracket);
        first = false;
        return this;
    }

    /** The member, or nothing where the value is null: absent and null read the same. */
    public Json member(String name, @Nullable String value) {
        if (value != null) {
            name(name);
            string(value);
        }
        return this;
    }

    public Json member(String name, @Nullable ExactDecimal value) {
        if (value != null) {
            name(name);
            out.decimal(value);
        }
        return this;
    }

    private void name(String name) {
        comma();
        string(name);
        out.octet(':');
    }

    private void comma() {
        if (!first) {
            out.octet(',');
        }
        first = false;
    }

    private void string(String text) {
        out.octet('"');
        int length = text.length();
        for (int i = 0; i < length; ) {
            char c = text.charAt(i);
            if (c == '"') {
                out.ascii(backslash);
                out.octet('"');
                i++;
            } else if (c == '\\') {
                out.ascii(backslash);
                out.ascii(backslash);
                i++;
            } else if (c < ' ') {
                out.ascii(backslash);
                out.ascii("u00");
                out.hex(c);
                i++;
            } else {
                i += out.codePoint(text, i);
            }
        }
        out.octet('"');
    }
}
