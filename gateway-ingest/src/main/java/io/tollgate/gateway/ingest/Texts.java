package io.tollgate.gateway.ingest;

import java.nio.charset.StandardCharsets;

/** What a text may be so that every later stage can hold it, PostgreSQL among them. */
final class Texts {
    /** Longest name or id. */
    static final int MAX_NAME = 256;
    /** Longest reason of a correction. */
    static final int MAX_REASON = 1024;

    private static final int SHOWN = 64;

    private Texts() {}

    /** False for U+0000, which PostgreSQL has no place for, and for half a surrogate pair, which UTF-8 has none for. */
    static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                boolean paired = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!paired) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** The text in quotes, cut where it is long, for a message about it. */
    static String shown(String text) {
        return "'" + writable(text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…") + "'";
    }

    /** The text without what JSON can't hold: half surrogate pairs, of a cut or of the client's own. */
    static String writable(String text) {
        if (isStorable(text)) {
            return text;
        }
        return new String(text.getBytes(StandardCharsets.UTF_16), StandardCharsets.UTF_16).replace('\0', '\uFFFD');
    }
}
