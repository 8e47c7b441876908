package io.tollgate.gateway.ingest;

import io.tollgate.schemas.submission.SubmissionRules;
import java.nio.charset.StandardCharsets;

/** A client's text as it is shown in a message about it. */
final class Texts {
    private static final int SHOWN = 64;

    private Texts() {}

    /** The text in quotes, cut where it is long, for a message about it. */
    static String shown(String text) {
        return "'" + writable(text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…") + "'";
    }

    /** The text without what JSON can't hold: half surrogate pairs, of a cut or of the client's own. */
    static String writable(String text) {
        if (SubmissionRules.isStorable(text)) {
            return text;
        }
        return new String(text.getBytes(StandardCharsets.UTF_16), StandardCharsets.UTF_16).replace('\0', '\uFFFD');
    }
}
