package io.tollgate.usageapi.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tollgate.usageapi.access.Caller;
import io.tollgate.usageapi.problem.PageParameter;
import io.tollgate.usageapi.problem.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeysQuestionTest {
    @Test
    void aKeySeesItsOwnCompanysAndNoHash() {
        KeysQuestion question = KeysQuestion.read(
                Map.of("state", List.of("blocked"), "cursor", List.of(PageParameter.cursor(List.of("key_1")))),
                new Caller.OfCompany("acme"));
        assertThat(question.filters()).isEqualTo(Map.of("company", "acme", "state", "blocked"));
        assertThat(KeysReader.sql(question).text())
                .contains("state = ?", "company = ?")
                .endsWith("AND id > ? ORDER BY id LIMIT ?")
                .doesNotContain("sha256");
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> KeysQuestion.read(Map.of("company", List.of("beta")), new Caller.OfCompany("acme")))
                .returns("other_company", Problem::code);
    }

    @Test
    void aStateThatIsNoneIsSaid() {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> KeysQuestion.read(Map.of("state", List.of("open")), new Caller.Admin()))
                .returns("state", Problem::parameter);
    }
}
