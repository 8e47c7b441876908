package io.tollgate.sink.batch;

import org.jspecify.annotations.Nullable;

/** Text that PostgreSQL takes whatever it was: no U+0000, and short enough to be shown and indexed. */
public final class StorableText {
    static final int MAX_LENGTH = 1_000;

    private StorableText() {}

    public static String of(String text) {
        String bounded = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH - 1) + "…" : text;
        return bounded.replace('\u0000', '\uFFFD');
    }

    public static @Nullable String orNull(@Nullable String text) {
        return text == null ? null : of(text);
    }
}
