package io.tollgate.chaos.fuzz;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

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

    /** Fewer would not ask every route. */
    private static final long FEWEST = 2_000;

    FuzzOptions {
        if (inputs < FEWEST) {
            throw new IllegalArgumentException("--inputs is " + FEWEST + " or more");
        }
    }

    /** @throws IllegalArgumentException if it makes no sense; the message says why */
    static FuzzOptions parse(List<String> arguments, long seed, Path out) {
        FuzzOptions options = new FuzzOptions(seed, 1_000_000, out);
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            if (!rest.hasNext()) {
                throw new IllegalArgumentException(option + " needs a value, or is not known");
            }
            options = options.with(option, rest.next());
        }
        return options;
    }

    private FuzzOptions with(String option, String value) {
        return switch (option) {
            case "--inputs" -> new FuzzOptions(seed, number(option, value), out);
            case "--seed" -> new FuzzOptions(number(option, value), inputs, out);
            case "--out" -> new FuzzOptions(seed, inputs, Path.of(value));
            default -> throw new IllegalArgumentException(option + " is not known");
        };
    }

    private static long number(String option, String value) {
        try {
            return Long.parseLong(value.replace("_", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " needs a number, not '" + value + "'", e);
        }
    }
}
