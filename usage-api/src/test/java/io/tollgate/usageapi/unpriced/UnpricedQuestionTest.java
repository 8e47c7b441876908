package io.tollgate.usageapi.unpriced;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tollgate.usageapi.access.Caller;
import io.tollgate.usageapi.problem.PageParameter;
import io.tollgate.usageapi.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnpricedQuestionTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration KEPT = Duration.ofDays(400);

    @Test
    void withoutARangeItIsThe35DaysUpToNowAndOn() {
        UnpricedQuestion question = read(Map.of(), new Caller.Admin(), KEPT);
        assertThat(question.from()).isEqualTo("2026-10-17T10:00:00Z");
        assertThat(question.to()).isNull();
        assertThat(question.filters()).isEmpty();
        assertThat(question.page().limit()).isEqualTo(100);
        assertThat(question.page().after()).isEmpty();
    }

    @Test
    void aLedgerThatIsKeptForLessIsNotAskedForMore() {
        assertThat(read(Map.of(), new Caller.Admin(), Duration.ofDays(10)).from())
                .isEqualTo("2026-11-12T10:00:00Z");
    }

    @Test
    void aKeySeesItsOwnCompany() {
        Caller own = new Caller.OfCompany("acme");
        assertThat(read(Map.of("model", List.of("m")), own, KEPT).filters())
                .isEqualTo(Map.of("company", "acme", "model", "m"));
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> read(Map.of("company", List.of("beta")), own, KEPT))
                .returns("other_company", Problem::code);
    }

    @ParameterizedTest
    @CsvSource({
        "from, 2025-10-01, beyond_retention",
        "from, yesterday, invalid_time",
        "to, 2026-01-01, invalid_range",
        "limit, 0, invalid_parameter",
        "limit, 1001, invalid_parameter",
        "limit, x, invalid_parameter",
        "cursor, ???, invalid_parameter",
        "cursor, WyJhIl0, invalid_parameter",
        "cursor, e30, invalid_parameter",
        "cursor, WzEsMiwzLDRd, invalid_parameter",
        "window, day, unknown_parameter",
    })
    void whatCanNotBeUsedIsSaid(String name, String value, String code) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> read(Map.of(name, List.of(value)), new Caller.Admin(), KEPT))
                .returns(code, Problem::code)
                .returns(name, Problem::parameter);
    }

    @Test
    void aCursorLeadsBackToWhereItIsFrom() {
        List<String> last = List.of("acme", "open\"ai", "m\u00e9,[", "");
        Map<String, List<String>> query = Map.of("cursor", List.of(PageParameter.cursor(last)), "limit", List.of("7"));
        assertThat(read(query, new Caller.Admin(), KEPT).page()).isEqualTo(new PageParameter(7, last));
    }

    private static UnpricedQuestion read(Map<String, List<String>> query, Caller caller, Duration kept) {
        return UnpricedQuestion.read(query, caller, NOW, kept);
    }
}
