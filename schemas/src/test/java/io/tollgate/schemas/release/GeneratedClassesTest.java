package io.tollgate.schemas.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The generator leaves a class alone whose own .avsc file is older than it, even where a record within it has changed:
 * what such a build writes nobody can read. The start scripts build clean for that reason.
 */
class GeneratedClassesTest {
    static Stream<Schema> records() {
        return Samples.all().stream().map(SpecificRecordBase::getSchema);
    }

    @ParameterizedTest
    @MethodSource("records")
    void aRecordWithinAnotherIsThatOfItsOwnClass(Schema record) {
        assertNestedAreCurrent(record, new HashSet<>());
    }

    private static void assertNestedAreCurrent(Schema schema, Set<String> seen) {
        switch (schema.getType()) {
            case RECORD -> {
                if (seen.add(schema.getFullName())) {
                    assertThat(schema)
                            .as("%s: generated from another state of the .avsc files, run mvn clean", schema.getName())
                            .isEqualTo(schemaOfClass(schema.getFullName()));
                    schema.getFields().forEach(field -> assertNestedAreCurrent(field.schema(), seen));
                }
            }
            case ARRAY -> assertNestedAreCurrent(schema.getElementType(), seen);
            case MAP -> assertNestedAreCurrent(schema.getValueType(), seen);
            case UNION -> schema.getTypes().forEach(type -> assertNestedAreCurrent(type, seen));
            default -> {}
        }
    }

    private static Schema schemaOfClass(String name) {
        try {
            return SpecificData.get().getSchema(Class.forName(name));
        } catch (ClassNotFoundException e) {
            throw new AssertionError("there is no class for the record " + name, e);
        }
    }
}
