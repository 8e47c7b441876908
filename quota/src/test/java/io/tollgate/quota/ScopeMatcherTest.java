package io.tollgate.quota;

import static io.tollgate.quota.Given.scope;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopeMatcherTest {
    private static final Caller ANN = new Caller("acme", "ann", "key_1", "openai", "gpt-4o-2024-08-06");
    private static final Caller NOBODY = new Caller("acme", null, null, "openai", "gpt-4o");

    @ParameterizedTest
    @CsvSource({
        "acme, , , true, true",
        "*, , , true, true",
        "globex, , , false, false",
        "acme, *, , true, false",
        "acme, ann, , true, false",
        "acme, bob, , false, false",
        "acme, , *, true, false",
        "acme, , key_1, true, false",
        "acme, , key_2, false, false",
        "acme, ann, key_1, true, false",
        "acme, ann, key_2, false, false",
    })
    void whoIsIn(String company, String user, String key, boolean ann, boolean nobody) {
        ScopeMatcher matcher = new ScopeMatcher(scope(company, user, key));

        assertThat(matcher.matches(ANN)).isEqualTo(ann);
        assertThat(matcher.matches(NOBODY)).isEqualTo(nobody);
    }

    @ParameterizedTest
    @CsvSource({
        "openai, , true",
        "azure, , false",
        ", gpt-4o, true",
        "openai, gpt-4o-2024-08-06, true",
        ", gpt-4o-2024-05-13, false",
        ", gpt-4*, true",
        ", *4o*, true",
        ", gpt-4, false",
        ", *, true",
        ", g*o*8-06, true",
        ", g*o*8-05, false",
        ", **06, true",
        ", gpt-4o*06*, true",
        ", gpt-4o-2024-08-06*, true",
        ", *-*-*-*-*-*-*x, false",
    })
    void whatIsIn(String provider, String model, boolean is) {
        assertThat(new ScopeMatcher(new Scope("acme", null, null, provider, model)).matches(ANN))
                .isEqualTo(is);
    }

    @Test
    void aCountIsNamedByWhatTheScopeTellsApart() {
        assertThat(new ScopeMatcher(scope("*", null, null)).nameOf("q", ANN))
                .isEqualTo(new StateName("acme", "q", null, null));
        assertThat(new ScopeMatcher(scope("acme", "*", null)).nameOf("q", ANN))
                .isEqualTo(new StateName("acme", "q", "ann", null));
        assertThat(new ScopeMatcher(scope("acme", "ann", "*")).nameOf("q", ANN))
                .isEqualTo(new StateName("acme", "q", "ann", "key_1"));
    }

    @Test
    void aScopeOfOneHasItsCountBeforeAnybodyComes() {
        assertThat(new ScopeMatcher(scope("*", "ann", null)).nameIfOne("acme", "q"))
                .contains(new StateName("acme", "q", "ann", null));
        assertThat(new ScopeMatcher(scope("acme", "*", null)).nameIfOne("acme", "q"))
                .isEmpty();
    }
}
