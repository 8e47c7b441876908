package io.tollgate.gateway.ingest;

import io.tollgate.schemas.submission.RejectionCode;
import io.tollgate.schemas.submission.SubmissionRules;
import org.jspecify.annotations.Nullable;

/** The first objection to an event, wherever its parts come from. What comes after the first is not kept. */
class Objections {
    private final String prefix;
    private @Nullable Rejection rejection;

    /** @param prefix pointer to the event in its request: empty, or its place in a batch */
    Objections(String prefix) {
        this.prefix = prefix;
    }

    @Nullable
    Rejection rejection() {
        return rejection;
    }

    void reject(RejectionCode code, String parent, String member, String detail) {
        if (rejection == null) {
            rejection = new Rejection(code, prefix + parent + "/" + escaped(member), detail);
        }
    }

    /** The event as a whole, where no member is at fault. */
    void reject(RejectionCode code, String detail) {
        if (rejection == null) {
            rejection = new Rejection(code, prefix, detail);
        }
    }

    /** The text as it is; null where it can't be kept, then with an objection. */
    @Nullable
    String storable(String text, String parent, String member, int longest) {
        if (text.length() > longest) {
            reject(
                    RejectionCode.VALUE_TOO_LONG,
                    parent,
                    member,
                    member + " has " + text.length() + " characters, at most " + longest + " are kept");
            return null;
        }
        if (!SubmissionRules.isStorable(text)) {
            reject(
                    RejectionCode.INVALID_EVENT,
                    parent,
                    member,
                    member + " holds U+0000 or half a surrogate pair, which can't be stored");
            return null;
        }
        return text;
    }

    private static String escaped(String member) {
        return Texts.writable(member).replace("~", "~0").replace("/", "~1");
    }
}
