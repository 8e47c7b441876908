package io.tollgate.gateway.ingest;

import io.tollgate.schemas.decimal.Decimal;
import org.jspecify.annotations.Nullable;

/** Quantities from their text, exactly: plain or exponent notation as JSON spells numbers, nothing that Java adds to it. */
public final class Quantities {
    private static final int MAX_TEXT = 100;

    private Quantities() {}

    /** A number as JSON spells it, null for any other text and for exponents beyond what {@link Decimal} takes. */
    public static @Nullable Decimal number(String text) {
        if (text.length() > MAX_TEXT || !isNumber(text)) {
            return null;
        }
        try {
            return Decimal.parse(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** What is wrong with a text that {@link #number} does not take. */
    public static String objection(String text) {
        return isNumber(text) ? "is out of bounds" : "is no number as JSON spells them";
    }

    private static boolean isNumber(String text) {
        int end = text.length();
        int at = end > 0 && text.charAt(0) == '-' ? 1 : 0;
        int next = digits(text, at);
        if (next == at) {
            return false;
        }
        at = next;
        if (at < end && text.charAt(at) == '.') {
            next = digits(text, at + 1);
            if (next == at + 1) {
                return false;
            }
            at = next;
        }
        if (at < end && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int first = at + 1;
            if (first < end && (text.charAt(first) == '-' || text.charAt(first) == '+')) {
                first++;
            }
            at = digits(text, first);
            if (at == first) {
                return false;
            }
        }
        return at == end;
    }

    private static int digits(String text, int at) {
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
