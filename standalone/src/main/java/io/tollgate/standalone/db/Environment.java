package io.tollgate.standalone.db;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the services are told by the environment holds for the commands, too. */
final class Environment {
    private Environment() {}

    /** The first of the variables that is set and not empty. */
    static @Nullable String first(String... variables) {
        return Stream.of(variables)
                .map(System::getenv)
                .filter(value -> value != null && !value.isBlank())
                .findFirst()
                .orElse(null);
    }
}
