package io.tollgate.embedded.registry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;

/** What a new version owes to earlier ones: to read their data (backward), to be read by them (forward), or both. */
enum Compatibility {
    NONE(false, false, false),
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    private final boolean backward;
    private final boolean forward;
    private final boolean transitive;

    Compatibility(boolean backward, boolean forward, boolean transitive) {
        this.backward = backward;
        this.forward = forward;
        this.transitive = transitive;
    }

    static Optional<Compatibility> named(String name) {
        return Arrays.stream(values())
                .filter(level -> level.name().equals(name))
                .findFirst();
    }

    /**
     * Why the new schema may not follow; empty where it may.
     *
     * @param earlier oldest first
     */
    List<String> problems(Schema next, List<Schema> earlier) {
        List<Schema> owed =
                transitive || earlier.isEmpty() ? earlier : earlier.subList(earlier.size() - 1, earlier.size());
        List<String> problems = new ArrayList<>();
        for (Schema previous : owed) {
            if (backward) {
                check("the new schema can't read data of an earlier one", next, previous, problems);
            }
            if (forward) {
                check("an earlier schema can't read data of the new one", previous, next, problems);
            }
        }
        return problems;
    }

    private static void check(String meaning, Schema reader, Schema writer, List<String> problems) {
        SchemaPairCompatibility found = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        if (found.getType() != SchemaCompatibilityType.COMPATIBLE) {
            found.getResult().getIncompatibilities().stream()
                    .map(problem -> meaning + ": " + problem.getType() + " at " + problem.getLocation() + " ("
                            + problem.getMessage() + ")")
                    .forEach(problems::add);
        }
    }
}
