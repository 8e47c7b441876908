package io.tollgate.chaos.fuzz;

import io.tollgate.chaos.Arguments;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What the command line asks for.
 *
 * @param inputs requests and records
 * @param out folder of report and logs
 */
record FuzzOptions(long seed, long inputs, Path out) {
    static final String USAGE =
            """
            usage: bench/fuzz [--inputs N] [--seed N] [--out DIR]
              --inputs N   requests and records to be sent (default 1000000)
              --seed N     of all of them (default: drawn, and printed)
              --out DIR    where fuzz.json and the logs go (default bench/target/fuzz)
            """;

    private static final Set<String> KNOWN = Set.of("--inputs", "--seed", "--out");

    /** Fewer would not ask every route. */
    private static final long FEWEST = 2_000;

    FuzzOptions {
        if (inputs < FEWEST) {
            throw new IllegalArgumentException("--inputs is " + FEWEST + " or more");
        }
    }

    /** @throws IllegalArgumentException if it makes no sense; the message says why */
    static FuzzOptions parse(List<String> arguments, long seed, Path out) {
        Arguments given = Arguments.parse(arguments, KNOWN);
        return new FuzzOptions(
                given.number("--seed", seed), given.number("--inputs", 1_000_000), given.path("--out", out));
    }
}
