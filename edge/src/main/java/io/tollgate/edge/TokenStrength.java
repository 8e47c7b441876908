package io.tollgate.edge;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether an admin token can be guessed: it is short, or made of words that everybody tries. */
public final class TokenStrength {
    /** Of what random generators print, 24 characters are 96 bits or more. */
    public static final int LEAST_LENGTH = 24;

    /** What must be left of a token that words are taken out of; a random one has few by chance. */
    private static final int LEAST_REST = 16;

    private static final Pattern KNOWN =
            Pattern.compile("change|replace|me|administrator|admin|secret|tollgate|password"
                    + "|passwd|default|example|sample|letmein|welcome|test|token|root|local|demo|dev|the|of|my|your|long|random"
                    + "|qwerty|012345678|123456789|123456|abcdef|(.)\\1{3,}|[^a-z0-9]");

    private TokenStrength() {}

    /** What is wrong with a token, as the end of a sentence about it; null: nothing. */
    public static @Nullable String weakness(String token) {
        String stripped = token.strip();
        if (stripped.length() < LEAST_LENGTH) {
            return "has " + stripped.length() + " characters, fewer than " + LEAST_LENGTH;
        }
        String rest = KNOWN.matcher(stripped.toLowerCase(Locale.ROOT)).replaceAll("");
        return rest.length() < LEAST_REST ? "is made of words that everybody tries" : null;
    }
}
