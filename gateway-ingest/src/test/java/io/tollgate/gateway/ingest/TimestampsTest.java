package io.tollgate.gateway.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    @Test
    void agreesWithJavaTime() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("TimestampsTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            OffsetDateTime time = Instant.EPOCH
                    .plus(random.nextLong(-60_000_000_000L, 250_000_000_000L), ChronoUnit.SECONDS)
                    .plusNanos(random.nextInt(1_000_000) * 1_000L)
                    .atOffset(ZoneOffset.ofTotalSeconds(random.nextInt(-17 * 60, 17 * 60) * 60));
            String text = time.truncatedTo(ChronoUnit.MICROS).toString();
            if (text.length() >= 20 && text.charAt(16) == ':') {
                assertThat(Timestamps.parse(text))
                        .as(text)
                        .isEqualTo(time.toEpochSecond() * 1_000_000 + time.getNano() / 1_000);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026",
                "2026-11-21",
                "2026-11-21T10:00:00",
                "2026-11-21T10:00Z",
                "2026-13-01T00:00:00Z",
                "2026-02-29T00:00:00Z",
                "1900-02-29T00:00:00Z",
                "2026-11-31T00:00:00Z",
                "2026-11-21T24:00:00Z",
                "2026-11-21T10:60:00Z",
                "2026-11-21T10:00:61Z",
                "2026-11-21T10:00:00.Z",
                "2026-11-21T10:00:00+1:00",
                "2026-11-21T10:00:00+0100",
                "2026-11-21T10:00:00ZZ",
                "2026-11-21T10:00:00Europe",
                "2026/11/21T10:00:00Z",
                "2026-11-21_10:00:00Z",
                "+026-11-21T10:00:00Z",
                "1763719200000000000000",
            })
    void whatIsNoTimeIsInvalid(String text) {
        assertThat(Timestamps.parse(text)).isEqualTo(Timestamps.INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-21T10:00:00Z",
                "2026-11-21t10:00:00z",
                "2026-11-21 10:00:00Z",
                "2026-11-21T10:00:00.0000009Z",
                "2026-11-21T11:30:00+01:30",
                "2026-11-20T23:00:00-11:00",
            })
    void spellingsOfOneMomentAreOne(String text) {
        assertThat(Timestamps.parse(text))
                .isEqualTo(Instant.parse("2026-11-21T10:00:00Z").getEpochSecond() * 1_000_000);
    }

    @Test
    void aLeapSecondStaysInItsMinute() {
        assertThat(Timestamps.parse("2016-12-31T23:59:60Z"))
                .isEqualTo(Instant.parse("2016-12-31T23:59:59Z").getEpochSecond() * 1_000_000 + 999_999);
    }
}
