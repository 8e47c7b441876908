package io.tollgate.usageapi.dead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tollgate.usageapi.access.Caller;
import io.tollgate.usageapi.dead.DeadLettersQuestion.Place;
import io.tollgate.usageapi.problem.PageParameter;
import io.tollgate.usageapi.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLettersQuestionTest {
    @Test
    void anIdIsReadAsItIsWritten() {
        DeadLetterId id = new DeadLetterId("a-topic-1", 3, 17);
        assertThat(id).hasToString("a-topic-1-3-17");
        assertThat(DeadLetterId.parse("a-topic-1-3-17")).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "usage.inbox",
                "usage.inbox-3",
                "usage.inbox-3-x",
                "-3-4",
                "t-3-1234567890123456789",
                "t\0-1-1"
            })
    void whatIsNoIdIsNone(String text) {
        assertThat(DeadLetterId.parse(text)).isNull();
    }

    @Test
    void aCursorLeadsBackToWhereItIsFrom() {
        List<String> last = List.of("2026-11-21T10:00:00.123456Z", "usage.inbox-3-17");
        DeadLettersQuestion question = DeadLettersQuestion.read(
                Map.of("cursor", List.of(PageParameter.cursor(last)), "id", List.of("req-1")),
                new Caller.OfCompany("acme"));
        assertThat(question.after())
                .isEqualTo(new Place(Instant.parse(last.get(0)), new DeadLetterId("usage.inbox", 3, 17)));
        assertThat(question.filters()).isEqualTo(Map.of("event_id", "req-1", "company", "acme"));
        assertThat(DeadLettersReader.sql(question).text())
                .contains("(recorded_at, origin_topic, origin_partition, origin_offset) < (?, ?, ?, ?)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"???", "WyJhIiwiYiJd", "WyIyMDI2LTExLTIxVDEwOjAwOjAwWiIsIngiXQ"})
    void aCursorOfSomethingElseIsRefused(String cursor) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> DeadLettersQuestion.read(Map.of("cursor", List.of(cursor)), new Caller.Admin()))
                .returns("cursor", Problem::parameter);
    }
}
