package io.tollgate.embedded.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class CompatibilityTest {
    private static final Schema A = record("{'name':'a','type':'long'}");
    private static final Schema A_AND_OPTIONAL_B =
            record("{'name':'a','type':'long'},{'name':'b','type':'int','default':0}");
    private static final Schema A_AND_B = record("{'name':'a','type':'long'},{'name':'b','type':'int'}");
    private static final Schema A_AND_TEXT_B =
            record("{'name':'a','type':'long'},{'name':'b','type':'string','default':''}");

    @Test
    void aFieldWithADefaultMayBeAddedInEveryLevel() {
        for (Compatibility level : Compatibility.values()) {
            assertThat(level.problems(A_AND_OPTIONAL_B, List.of(A)))
                    .as(level.name())
                    .isEmpty();
        }
    }

    @Test
    void aFieldWithoutADefaultIsForwardButNotBackward() {
        assertThat(Compatibility.FORWARD.problems(A_AND_B, List.of(A))).isEmpty();
        assertThat(Compatibility.BACKWARD.problems(A_AND_B, List.of(A)))
                .singleElement()
                .asString()
                .contains("/fields/1");
        assertThat(Compatibility.FULL.problems(A_AND_B, List.of(A))).hasSize(1);
        assertThat(Compatibility.NONE.problems(A_AND_B, List.of(A))).isEmpty();
    }

    @Test
    void onlyTransitiveLevelsLookBeyondTheLatestVersion() {
        List<Schema> earlier = List.of(A_AND_TEXT_B, A);

        assertThat(Compatibility.FULL.problems(A_AND_OPTIONAL_B, earlier)).isEmpty();
        assertThat(Compatibility.FULL_TRANSITIVE.problems(A_AND_OPTIONAL_B, earlier))
                .hasSize(2);
    }

    static Schema record(String fields) {
        return new Schema.Parser().parse(("{'type':'record','name':'R','fields':[" + fields + "]}").replace('\'', '"'));
    }
}
