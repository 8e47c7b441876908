package io.tollgate.gateway.mapping;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One thing that an event says, or that is said for it.
 *
 * @param from member of {@code data} that has it; null: none
 * @param otherwise what holds where the event does not say; null: nothing
 * @param words the producer's words, in any case, and ours for them
 */
public record Term(@Nullable String from, @Nullable String otherwise, @DefaultValue Map<String, String> words) {

    public Term {
        Map<String, String> lower = new HashMap<>();
        words.forEach((theirs, ours) -> lower.put(theirs.toLowerCase(Locale.ROOT), ours));
        words = Map.copyOf(lower);
    }

    boolean isEmpty() {
        return from == null && otherwise == null;
    }

    /** What the event says, in our words; as it is where there is no word for it, null where it says nothing. */
    public @Nullable String said(Map<String, String> values) {
        String text = from == null ? null : values.get(from);
        if (text == null || text.isBlank()) {
            return null;
        }
        String word = text.strip();
        return words.getOrDefault(word.toLowerCase(Locale.ROOT), word);
    }

    /** What the event says, else what holds otherwise; null: neither. */
    public @Nullable String of(Map<String, String> values) {
        String said = said(values);
        return said == null ? otherwise : said;
    }

    /** Whether a word is one of ours: any is where no words are listed. */
    public boolean knows(String word) {
        return words.isEmpty() || words.containsValue(word) || word.equals(otherwise);
    }
}
