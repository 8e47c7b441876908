package io.tollgate.gateway.backbone;

import java.util.List;

/**
 * What an admin call comes to: the changes to make, and what to answer once they are readable.
 *
 * @param changes all of them or none; empty where nothing is to change
 */
public record Decision<A>(List<ConfigChange> changes, A answer) {

    /** Nothing is to change. */
    public static <A> Decision<A> unchanged(A answer) {
        return new Decision<>(List.of(), answer);
    }

    public static <A> Decision<A> change(ConfigChange change, A answer) {
        return new Decision<>(List.of(change), answer);
    }
}
