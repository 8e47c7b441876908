package io.tollgate.quota;

import io.tollgate.pricing.ModelNames;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which models a quota or a key is about: a name, which its dated snapshots go by too ({@code gpt-4o} is also
 * {@code gpt-4o-2024-08-06}), or a pattern in which {@code *} stands for any characters, none included.
 */
public final class ModelPattern {
    private static final String ANY = "*";

    private final String text;
    private final @Nullable Pattern pattern;

    private ModelPattern(String text) {
        this.text = text;
        this.pattern = text.contains(ANY) && !text.equals(ANY) ? compiled(text) : null;
    }

    public static ModelPattern of(String text) {
        return new ModelPattern(text);
    }

    public boolean matches(String model) {
        if (text.equals(ANY) || text.equals(model)) {
            return true;
        }
        return pattern != null ? pattern.matcher(model).matches() : text.equals(ModelNames.undated(model));
    }

    private static Pattern compiled(String text) {
        StringBuilder regex = new StringBuilder();
        for (String part : text.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    @Override
    public String toString() {
        return text;
    }
}
