package io.tollgate.oracle;

import java.util.List;

/**
 * One thing that must hold.
 *
 * @param compared how many things were held against each other; 0 where the load has none of them
 * @param differing how many of them differ
 * @param differences the first twenty of these, for people
 */
public record Check(String name, long compared, long differing, List<String> differences) {
    public Check {
        differences = List.copyOf(differences);
    }

    public boolean holds() {
        return differing == 0;
    }
}
