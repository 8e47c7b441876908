package io.tollgate.chaos;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A command line of options, each with a value. What is wrong with it is an {@link IllegalArgumentException} that says so. */
public final class Arguments {
    private final Map<String, String> given;

    private Arguments(Map<String, String> given) {
        this.given = given;
    }

    /**
     * Reads it.
     *
     * @param known every option that there is, {@code --seed} say
     */
    public static Arguments parse(List<String> arguments, Set<String> known) {
        Map<String, String> given = new HashMap<>();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            require(known.contains(option), option + " is not known");
            require(rest.hasNext(), option + " needs a value");
            given.put(option, rest.next());
        }
        return new Arguments(given);
    }

    public String text(String option, String otherwise) {
        return given.getOrDefault(option, otherwise);
    }

    public Path path(String option, Path otherwise) {
        String value = given.get(option);
        return value == null ? otherwise : Path.of(value);
    }

    /** {@code 1_000_000} is one, too. */
    public long number(String option, long otherwise) {
        String value = given.get(option);
        if (value == null) {
            return otherwise;
        }
        try {
            return Long.parseLong(value.replace("_", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " needs a number, not '" + value + "'", e);
        }
    }

    public int integer(String option, long otherwise) {
        long number = number(option, otherwise);
        require(number == (int) number, option + " is too large");
        return (int) number;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
