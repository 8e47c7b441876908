package io.tollgate.gateway.dead;

import io.tollgate.avro.DeadLetter;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant.
 *
 * @param ids only these; empty: whichever
 * @param code null: any
 * @param company null: any, those among them of which nobody could read it
 * @param from epoch µs of the letter; null: the oldest there is
 * @param to exclusive; null: no end
 */
public record Wanted(
        Set<String> ids, @Nullable String code, @Nullable String company, @Nullable Long from, @Nullable Long to) {
    private static final Pattern ID = Pattern.compile(".+-\\d{1,9}-\\d{1,18}");

    /** The one with this id. */
    public static Wanted one(String id) {
        return new Wanted(Set.of(id), null, null, null, null);
    }

    /** @param at when it became one, epoch µs */
    boolean fits(DeadLetter letter, long at) {
        return (ids.isEmpty() || ids.contains(id(letter)))
                && (code == null || code.equals(letter.getCode()))
                && (company == null || company.equals(letter.getCompany()))
                && (from == null || at >= from)
                && (to == null || at < to);
    }

    /** Whether a text can be an id of one. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** Of a letter: where its original lies, topic, partition and offset. */
    public static String id(DeadLetter letter) {
        return letter.getOriginTopic() + "-" + letter.getOriginPartition() + "-" + letter.getOriginOffset();
    }
}
