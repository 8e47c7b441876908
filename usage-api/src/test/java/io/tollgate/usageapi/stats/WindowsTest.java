package io.tollgate.usageapi.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.usageapi.problem.Problem;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class WindowsTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void aRangeIsCutAtItsEdges() {
        Windows windows = windows("2026-11-01T00:00:00Z", "2026-11-04T00:00:00Z", WindowSize.DAY, UTC);
        assertThat(windows.starts()).hasSize(3);
        assertThat(windows.from()).isEqualTo("2026-11-01T00:00:00Z");
        assertThat(windows.end()).isEqualTo("2026-11-04T00:00:00Z");
    }

    @Test
    void aBoundBesideAnEdgeIsRefusedAndTheNearestEdgesAreNamed() {
        assertThatThrownBy(() -> windows("2026-11-01T00:00:00Z", "2026-11-04T00:00:00Z", WindowSize.DAY, BERLIN))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.status().value()).isEqualTo(400);
                    assertThat(problem.code()).isEqualTo("not_on_window_edge");
                    assertThat(problem.parameter()).isEqualTo("from");
                })
                .hasMessageContaining("2026-10-31T23:00:00Z (2026-11-01T00:00:00+01:00)")
                .hasMessageContaining("2026-11-01T23:00:00Z (2026-11-02T00:00:00+01:00)");
    }

    @Test
    void theRangeMustNotBeEmpty() {
        assertThatThrownBy(() -> windows("2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z", WindowSize.DAY, UTC))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("invalid_range"));
    }

    @Test
    void aRangeOfTooManyWindowsIsRefused() {
        assertThatThrownBy(() -> windows("2020-01-01T00:00:00Z", "2026-01-01T00:00:00Z", WindowSize.HOUR, UTC))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("too_many_windows"));
    }

    @Test
    void aClockBesideTheQuarterHoursIsRefused() {
        ZoneId odd = ZoneId.of("+05:17");
        assertThatThrownBy(() -> windows("2026-10-31T18:43:00Z", "2026-11-01T18:43:00Z", WindowSize.DAY, odd))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.parameter())
                        .isEqualTo("timezone"));
    }

    @Test
    void onlyWholeUtcDaysAreAnsweredFromTheTotalsOfUtcDays() {
        assertThat(windows("2026-11-01T00:00:00Z", "2026-11-03T00:00:00Z", WindowSize.DAY, UTC)
                        .areWholeUtcDays())
                .isTrue();
        assertThat(windows(
                                "2026-11-01T00:00:00Z",
                                "2026-12-01T00:00:00Z",
                                WindowSize.MONTH,
                                ZoneId.of("Africa/Abidjan"))
                        .areWholeUtcDays())
                .isTrue();
        assertThat(windows("2026-11-01T00:00:00Z", "2026-11-03T00:00:00Z", WindowSize.HOUR, UTC)
                        .areWholeUtcDays())
                .isFalse();
        assertThat(windows("2026-10-31T23:00:00Z", "2026-11-01T23:00:00Z", WindowSize.DAY, BERLIN)
                        .areWholeUtcDays())
                .isFalse();
        // London is on UTC in winter only.
        ZoneId london = ZoneId.of("Europe/London");
        assertThat(windows("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", WindowSize.MONTH, london)
                        .areWholeUtcDays())
                .isTrue();
        assertThat(windows("2026-01-01T00:00:00Z", "2026-05-31T23:00:00Z", WindowSize.MONTH, london)
                        .areWholeUtcDays())
                .isFalse();
    }

    private static Windows windows(String from, String to, WindowSize size, ZoneId zone) {
        return Windows.between(Instant.parse(from), Instant.parse(to), size, zone);
    }
}
