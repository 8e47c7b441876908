package io.tollgate.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Counts what one check compares and what differs. */
final class Tally {
    private static final int SPELLED_OUT = 20;

    private final String name;
    private final List<String> differences = new ArrayList<>();
    private long compared;
    private long differing;

    Tally(String name) {
        this.name = name;
    }

    void compared() {
        compared++;
    }

    void differs(String what) {
        differing++;
        if (differences.size() < SPELLED_OUT) {
            differences.add(what);
        }
    }

    /** One comparison. */
    void demand(boolean holds, String otherwise) {
        compared++;
        if (!holds) {
            differs(otherwise);
        }
    }

    /** One comparison of texts in which equal things are equal. */
    void same(Object what, @Nullable String expected, @Nullable String found) {
        compared++;
        if (!Objects.equals(expected, found)) {
            differs(what + ": expected " + (expected == null ? "nothing" : expected) + ", found "
                    + (found == null ? "nothing" : found));
        }
    }

    Check toCheck() {
        return new Check(name, compared, differing, differences);
    }
}
