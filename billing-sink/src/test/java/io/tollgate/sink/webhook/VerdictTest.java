package io.tollgate.sink.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sink.webhook.Verdict.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final Random random = new Random(7);

    private Verdict after(int attempt, Duration left, Answer answer) {
        return Verdict.of(attempt, left, answer, random);
    }

    private static Answer status(int code) {
        return new Answer.Status(code, null, "body");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void a2xxIsDelivered(int code) {
        assertThat(after(1, DAY, status(code))).isEqualTo(new Verdict(State.DELIVERED, Duration.ZERO, code, null));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 301, 302, 307, 400, 401, 404, 408, 429, 500, 503})
    void everythingElseIsTriedAgain(int code) {
        Verdict verdict = after(1, DAY, status(code));

        assertThat(verdict.state()).isEqualTo(State.PENDING);
        assertThat(verdict.status()).isEqualTo(code);
        assertThat(verdict.error()).isEqualTo("body");
        assertThat(verdict.pause()).isPositive();
    }

    @Test
    void silenceIsTriedAgain() {
        assertThat(after(1, DAY, new Answer.Nothing("connection refused")))
                .extracting(Verdict::state, Verdict::status, Verdict::error)
                .containsExactly(State.PENDING, null, "connection refused");
    }

    @Test
    void whoIsGoneIsLeftAlone() {
        assertThat(after(1, DAY, status(410)).state()).isEqualTo(State.FAILED);
    }

    @Test
    void whatMayNotBeSentIsRefused() {
        assertThat(after(1, DAY, new Answer.NotSent("10.0.0.1 is no public address")))
                .isEqualTo(new Verdict(State.REFUSED, Duration.ZERO, null, "10.0.0.1 is no public address"));
    }

    @Test
    void afterThreeDaysItIsGivenUp() {
        assertThat(after(1, Duration.ofMillis(900), status(500)).state()).isEqualTo(State.FAILED);
        assertThat(after(1, Duration.ofSeconds(-5), new Answer.Nothing("no answer"))
                        .state())
                .isEqualTo(State.FAILED);
        assertThat(after(1, Duration.ofSeconds(-5), status(200)).state()).isEqualTo(State.DELIVERED);
    }

    @Test
    void ofAnAnswerNoMoreThan200CharactersAreKept() {
        Verdict verdict = after(1, DAY, new Answer.Status(500, null, "x\u0000" + "y".repeat(500)));

        assertThat(verdict.error()).hasSize(200).startsWith("x\uFFFDyyy").endsWith("y…");
    }

    @Test
    void theWaitDoublesUpToFourHoursAndIsJittered() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random seeded = new Random(seed);
        for (int attempt = 1; attempt <= 60; attempt++) {
            long full = Math.min(4 * 3_600_000L, 2_000L << Math.min(attempt - 1, 20));
            for (int i = 0; i < 200; i++) {
                assertThat(BackOff.after(attempt, null, seeded).toMillis())
                        .as("attempt %d, seed %d", attempt, seed)
                        .isBetween(full / 2, full);
            }
        }
        assertThat(BackOff.after(Integer.MAX_VALUE, null, seeded)).isBetween(Duration.ofHours(2), Duration.ofHours(4));
        assertThat(BackOff.after(5, null, new Random(1))).isNotEqualTo(BackOff.after(5, null, new Random(2)));
    }

    @Test
    void threeDaysAreSomeDozensOfAttempts() {
        Duration left = Duration.ofDays(3);
        int attempt = 1;
        Verdict verdict = after(attempt, left, status(500));
        while (verdict.state() == State.PENDING) {
            left = left.minus(verdict.pause());
            verdict = after(++attempt, left, status(500));
        }

        assertThat(attempt).isBetween(25, 60);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "120,120", "43200,43200", "43201,43200", "999999999,43200"})
    void aReceiverMayAskForALongerWait(String header, long seconds) {
        Duration asked = RetryAfter.parse(header, NOW);

        assertThat(BackOff.after(1, asked, random))
                .isBetween(Duration.ofSeconds(Math.max(1, seconds)), Duration.ofSeconds(Math.max(2, seconds)));
    }

    @Test
    void retryAfterIsSecondsOrADate() {
        assertThat(RetryAfter.parse(" 7 ", NOW)).isEqualTo(Duration.ofSeconds(7));
        assertThat(RetryAfter.parse("Sat, 21 Nov 2026 10:02:00 GMT", NOW)).isEqualTo(Duration.ofMinutes(2));
        for (String useless : new String[] {
            "", "-1", "1.5", "soon", "9999999999", "٣", "Sat, 21 Nov 2026 09:00:00 GMT", "Mon, 99 Nov 2026 10:02:00 GMT"
        }) {
            assertThat(RetryAfter.parse(useless, NOW)).as(useless).isNull();
        }
        assertThat(RetryAfter.parse(null, NOW)).isNull();
    }
}
