package io.tollgate.gateway.format;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which members of a JSON object are kept. Arrays are looked through: a shape within an array is that of each of its
 * elements. Immutable.
 */
public final class Shape {
    /** Keeps whatever there is. */
    static final Shape ALL = new Shape(Map.of());
    /** Keeps that there is something, as {@code true}, and not what it is: for members that hold an answer's content. */
    static final Shape PRESENCE = new Shape(Map.of());

    private final Map<String, Shape> members;

    private Shape(Map<String, Shape> members) {
        this.members = members;
    }

    /** Keeps these members whole. */
    public static Shape of(String... members) {
        Map<String, Shape> kept = new HashMap<>();
        for (String member : members) {
            kept.put(member, ALL);
        }
        return new Shape(kept);
    }

    /** Keeps of this member only what {@code inner} keeps. */
    public Shape with(String member, Shape inner) {
        Map<String, Shape> wider = new HashMap<>(members);
        wider.put(member, inner);
        return new Shape(wider);
    }

    /** What is kept of a member; null: nothing. */
    @Nullable
    Shape within(String member) {
        return this == ALL ? ALL : members.get(member);
    }
}
