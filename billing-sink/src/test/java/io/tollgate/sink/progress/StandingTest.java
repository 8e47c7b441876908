package io.tollgate.sink.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sink.progress.Standing.At;
import io.tollgate.sink.progress.Standing.Broken;
import io.tollgate.sink.progress.Standing.New;
import org.junit.jupiter.api.Test;

class StandingTest {
    private static final TopicIdentity NOW = new TopicIdentity("usage.rated", "cluster", "id");

    @Test
    void goesOnWhereTheBooksEnd() {
        assertThat(Standing.of(new Progress.Row(42, "cluster", "id"), NOW, 0, 42))
                .isEqualTo(new At(42));
    }

    @Test
    void beginsAtTheStartOfTheLog() {
        assertThat(Standing.of(null, NOW, 0, 7)).isEqualTo(new New(7));
    }

    @Test
    void recordsThatAreGoneBreakTheBooks() {
        assertThat(Standing.of(new Progress.Row(42, "cluster", "id"), NOW, 3, 43))
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.reason()).contains("usage.rated-3", "42", "43"));
    }

    @Test
    void anotherTopicUnderTheSameNameBreaksTheBooks() {
        assertThat(Standing.of(new Progress.Row(0, "cluster", "other"), NOW, 0, 0))
                .isInstanceOf(Broken.class);
    }

    @Test
    void anotherClusterBreaksTheBooks() {
        assertThat(Standing.of(new Progress.Row(0, "other", "id"), NOW, 0, 0)).isInstanceOf(Broken.class);
    }
}
