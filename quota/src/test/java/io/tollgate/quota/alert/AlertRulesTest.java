package io.tollgate.quota.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.AlertKind;
import io.tollgate.avro.AlertRule;
import io.tollgate.avro.Scope;
import io.tollgate.quota.Caller;
import io.tollgate.quota.StateName;
import io.tollgate.schemas.serde.AvroGuards;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AlertRulesTest {
    private static final Caller ACME = new Caller("acme", null, null, "openai", "gpt-4o");
    private static final Caller GLOBEX = new Caller("globex", null, null, "openai", "gpt-4o");

    private final AlertRules rules = new AlertRules();

    @BeforeAll
    static void guards() {
        AvroGuards.set();
    }

    @Test
    void rulesAreFoundByCompanyAndThoseForEachAsWell() {
        rules.put(rule("one", AlertKind.SPEND, Given.company("acme"), true));
        rules.put(rule("each", AlertKind.SPEND, Given.company("*"), true));

        assertThat(rules.matching(ACME)).extracting(CompiledRule::id).containsExactly("one", "each");
        assertThat(rules.matching(GLOBEX)).extracting(CompiledRule::id).containsExactly("each");
    }

    @Test
    void aRuleThatChangesItsKindIsFoundByTheNewOneOnly() {
        rules.put(rule("one", AlertKind.SPEND, Given.company("acme"), true));
        rules.put(rule("one", AlertKind.QUOTA_SHARE, Given.company("acme"), true));

        assertThat(rules.matching(ACME)).isEmpty();
        assertThat(rules.matching(Given.reading(
                        Given.quota("q", "acme", "1"), new StateName("acme", "q", null, null), "1", Given.DAY.start())))
                .extracting(CompiledRule::id)
                .containsExactly("one");
    }

    @Test
    void aRuleThatIsSwitchedOffOrRemovedLooksAtNothing() {
        rules.put(rule("one", AlertKind.SPEND, Given.company("acme"), true));
        rules.put(rule("one", AlertKind.SPEND, Given.company("acme"), false));
        assertThat(rules.matching(ACME)).isEmpty();
        assertThat(rules.find("one")).isNotNull();

        rules.put(rule("one", AlertKind.SPEND, Given.company("acme"), true));
        assertThat(rules.matching(ACME)).hasSize(1);
        rules.remove("one");
        rules.remove("one");
        assertThat(rules.find("one")).isNull();
        assertThat(rules.matching(ACME)).isEmpty();
    }

    private static CompiledRule rule(String id, AlertKind kind, Scope scope, boolean isEnabled) {
        AlertRule rule = Given.rule(kind, "1");
        rule.setId(id);
        rule.setScope(scope);
        rule.setEnabled(isEnabled);
        return new CompiledRule(rule, Given.DAY.start());
    }
}
