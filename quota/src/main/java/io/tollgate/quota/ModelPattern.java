package io.tollgate.quota;

import io.tollgate.pricing.ModelNames;

/**
 * Which models a quota or a key is about: a name, which its dated snapshots go by too ({@code gpt-4o} is also
 * {@code gpt-4o-2024-08-06}), or a pattern in which {@code *} stands for any characters, none included. Matching takes
 * time by the lengths of both and no more: the name comes from a caller.
 */
public final class ModelPattern {
    private static final char ANY = '*';

    private final String text;
    private final boolean isPattern;

    private ModelPattern(String text) {
        this.text = text;
        this.isPattern = text.indexOf(ANY) >= 0;
    }

    public static ModelPattern of(String text) {
        return new ModelPattern(text);
    }

    public boolean matches(String model) {
        return isPattern ? matchesPattern(model) : text.equals(model) || text.equals(ModelNames.undated(model));
    }

    /** The last {@code *} takes as little as it can, and one character more each time that the rest does not fit. */
    private boolean matchesPattern(String model) {
        int at = 0;
        int star = -1;
        int taken = 0;
        for (int i = 0; i < model.length(); ) {
            if (at < text.length() && text.charAt(at) == ANY) {
                star = at++;
                taken = i;
            } else if (at < text.length() && text.charAt(at) == model.charAt(i)) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++taken;
            } else {
                return false;
            }
        }
        while (at < text.length() && text.charAt(at) == ANY) {
            at++;
        }
        return at == text.length();
    }

    @Override
    public String toString() {
        return text;
    }
}
