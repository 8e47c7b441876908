package io.tollgate.sink.text;

import java.util.Collection;
import java.util.stream.Collectors;

/** Array literals as PostgreSQL reads them. */
public final class TextArray {
    private TextArray() {}

    /** Every element in quotes, so that {@code NULL} is a text like any other. */
    public static String of(Collection<String> elements) {
        return elements.stream().map(TextArray::quoted).collect(Collectors.joining(",", "{", "}"));
    }

    private static String quoted(String element) {
        return '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
