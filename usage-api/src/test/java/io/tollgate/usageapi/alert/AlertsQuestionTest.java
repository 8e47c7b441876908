package io.tollgate.usageapi.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tollgate.usageapi.access.Caller;
import io.tollgate.usageapi.alert.AlertsQuestion.Place;
import io.tollgate.usageapi.problem.PageParameter;
import io.tollgate.usageapi.problem.Problem;
import io.tollgate.usageapi.problem.TimeRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertsQuestionTest {
    @Test
    void withoutParametersItIsAllAndAKeysOwnCompany() {
        assertThat(AlertsQuestion.read(Map.of(), new Caller.Admin()))
                .isEqualTo(new AlertsQuestion(new TimeRange(null, null), Map.of(), 100, null));
        assertThat(AlertsQuestion.read(Map.of("user", List.of("u")), new Caller.OfCompany("acme"))
                        .filters())
                .isEqualTo(Map.of("company", "acme", "user_id", "u"));
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> AlertsQuestion.read(Map.of("company", List.of("beta")), new Caller.OfCompany("acme")))
                .returns("other_company", Problem::code);
    }

    @Test
    void aCursorLeadsBackToWhereItIsFrom() {
        Place last = new Place(Instant.parse("2026-11-21T10:00:00.123456Z"), "alert_1");
        Map<String, List<String>> query = Map.of("cursor", List.of(PageParameter.cursor(last.texts())));
        AlertsQuestion question = AlertsQuestion.read(query, new Caller.Admin());
        assertThat(question.after()).isEqualTo(last);
        assertThat(AlertsReader.sql(question).text())
                .endsWith("AND (raised_at, id) < (?, ?)" + " ORDER BY raised_at DESC, id DESC LIMIT ?");
    }

    @ParameterizedTest
    @CsvSource({
        "from, yesterday, invalid_time",
        "limit, 0, invalid_parameter",
        "cursor, ???, invalid_parameter",
        "cursor, WyJhIiwiYiJd, invalid_parameter",
        "state, open, unknown_parameter",
    })
    void whatCanNotBeUsedIsSaid(String name, String value, String code) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> AlertsQuestion.read(Map.of(name, List.of(value)), new Caller.Admin()))
                .returns(code, Problem::code)
                .returns(name, Problem::parameter);
    }
}
