package io.tollgate.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.chaos.load.Answers.Kind;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private final Answers answers = new Answers();
    private final Answers.Stretch stretch = answers.begin();
    private final long start = System.nanoTime();

    @Test
    void requestsAreCountedByHowTheyEnded() {
        add(Kind.TAKEN, 0, 10);
        add(Kind.UNAVAILABLE, 0, 20);
        add(Kind.UNAVAILABLE, 0, 30);
        add(Kind.REFUSED, 0, 40);
        add(Kind.BROKEN, 0, 50);
        add(Kind.LATE, 0, 60);

        Answered seen = stretch.end(at(60));

        assertThat(seen.taken()).isEqualTo(1);
        assertThat(seen.unavailable()).isEqualTo(2);
        assertThat(seen.refused()).isEqualTo(1);
        assertThat(seen.broken()).isEqualTo(1);
        assertThat(seen.late()).isEqualTo(1);
    }

    @Test
    void thePauseIsBetweenAcksAndOneThatGoesOnCountsToo() {
        add(Kind.TAKEN, 900, 1_000);
        add(Kind.UNAVAILABLE, 1_000, 2_000);
        add(Kind.TAKEN, 2_900, 3_000);
        assertThat(answers.begin().end(at(3_000)).taken()).isZero();

        assertThat(stretch.end(at(3_100)).pause()).isEqualTo(Duration.ofSeconds(2));

        Answers.Stretch another = answers.begin();
        assertThat(another.end(at(60_000)).pause()).isGreaterThan(Duration.ofSeconds(50));
    }

    @Test
    void howLongOneWaitsForAnAckIsApartFromTheWaitForARefusal() {
        for (int i = 0; i < 200; i++) {
            add(Kind.TAKEN, 0, i < 197 ? 5 : 700);
        }
        add(Kind.UNAVAILABLE, 0, 8_000);
        add(Kind.REFUSED, 0, 9_000);

        Answered seen = stretch.end(at(9_000));

        assertThat(seen.p99()).isEqualTo(Duration.ofMillis(700));
        assertThat(seen.refusal()).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void whatComesAfterTheEndIsNotCounted() {
        Answered seen = stretch.end(at(10));
        add(Kind.TAKEN, 0, 20);

        assertThat(seen.taken()).isZero();
        assertThat(seen.p99()).isZero();
    }

    private void add(Kind kind, long begunMillis, long endedMillis) {
        answers.add(kind, at(begunMillis), at(endedMillis));
    }

    private long at(long millis) {
        return start + TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
