package io.tollgate.usageapi.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tollgate.usageapi.audit.AuditQuestion.Place;
import io.tollgate.usageapi.problem.PageParameter;
import io.tollgate.usageapi.problem.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditQuestionTest {
    @Test
    void whatIsFilteredIsBoundAndNotWritten() {
        AuditQuestion question = AuditQuestion.read(Map.of(
                "actor", List.of("mia' OR true"),
                "id", List.of("acme/user-1"),
                "version", List.of("12"),
                "to", List.of("2026-11-21")));
        assertThat(question.filters()).isEqualTo(Map.of("actor_id", "mia' OR true", "entity_id", "acme/user-1"));
        assertThat(AuditReader.sql(question).text())
                .contains("actor_id = ?", "entity_id = ?", "at < ?", "version = ?")
                .doesNotContain("mia");
    }

    @Test
    void aCursorLeadsBackToWhereItIsFrom() {
        Map<String, List<String>> query = Map.of("cursor", List.of(PageParameter.cursor(List.of("7", "1"))));
        AuditQuestion question = AuditQuestion.read(query);
        assertThat(question.after()).isEqualTo(new Place(7, 1));
        assertThat(AuditReader.sql(question).text())
                .endsWith("AND (version, position) < (?, ?) ORDER BY version DESC, position DESC LIMIT ?");
    }

    @ParameterizedTest
    @CsvSource({
        "from, yesterday, invalid_time",
        "version, 1.5, invalid_parameter",
        "cursor, WyJhIiwiYiJd, invalid_parameter",
        "user, u, unknown_parameter",
    })
    void whatCanNotBeUsedIsSaid(String name, String value, String code) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> AuditQuestion.read(Map.of(name, List.of(value))))
                .returns(code, Problem::code)
                .returns(name, Problem::parameter);
    }
}
