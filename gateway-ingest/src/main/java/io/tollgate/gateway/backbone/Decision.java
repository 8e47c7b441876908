package io.tollgate.gateway.backbone;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an admin call comes to: the changes to make, and what to answer once they are readable.
 *
 * @param changes all of them or none; empty where nothing is to change
 * @param passed what else is written, in the same transaction; null: nothing
 */
public record Decision<A>(List<ConfigChange> changes, @Nullable Passed passed, A answer) {
    public Decision(List<ConfigChange> changes, A answer) {
        this(changes, null, answer);
    }

    /** Nothing is to change. */
    public static <A> Decision<A> unchanged(A answer) {
        return new Decision<>(List.of(), answer);
    }

    public static <A> Decision<A> change(ConfigChange change, A answer) {
        return new Decision<>(List.of(change), answer);
    }

    /** No configuration is to change, and yet something is to be written and audited. */
    public static <A> Decision<A> pass(Passed passed, A answer) {
        return new Decision<>(List.of(), passed, answer);
    }

    boolean isUnchanged() {
        return changes.isEmpty() && passed == null;
    }

    /** What the audit says of it, in its order. */
    List<Audited> audited() {
        Stream<Audited> changed = changes.stream().map(ConfigChange::audited);
        return Stream.concat(changed, passed == null ? Stream.of() : passed.audited().stream())
                .toList();
    }
}
