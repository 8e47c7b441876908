package io.tollgate.streams.dedupe;

import io.tollgate.avro.DeadLetter;
import io.tollgate.avro.Entry;
import io.tollgate.avro.Outcome;
import io.tollgate.avro.RatedUsage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one submission leads to.
 *
 * @param entry what is to be remembered of the event from now on: the entry that was given where nothing changed, null
 *     where nothing is to be remembered
 * @param rows for the ledger, in the order of their sequence
 * @param outcomes of this submission and of those that it settled
 * @param deadLetters at most one for each submission
 */
public record Decision(
        @Nullable Entry entry, List<RatedUsage> rows, List<Outcome> outcomes, List<DeadLetter> deadLetters) {

    static Decision of(@Nullable Entry entry, Outcome... outcomes) {
        return new Decision(entry, List.of(), List.of(outcomes), List.of());
    }

    static Decision of(@Nullable Entry entry, List<RatedUsage> rows, Outcome... outcomes) {
        return new Decision(entry, rows, List.of(outcomes), List.of());
    }

    /** This one's effects before those of {@code next}, whose entry holds. */
    Decision then(Decision next) {
        return new Decision(
                next.entry,
                joined(rows, next.rows),
                joined(outcomes, next.outcomes),
                joined(deadLetters, next.deadLetters));
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
