package io.tollgate.oracle;

import static io.tollgate.oracle.Samples.micros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class WindowsTest {
    private static final long HOUR = 3_600_000_000L;

    @Test
    void calendarWindowsAreThoseOfTheZone() {
        long late = micros("2026-03-31T22:30:00Z");

        assertThat(at("MONTH", "UTC", late)).isEqualTo(window("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"));
        assertThat(at("MONTH", "Europe/Berlin", late))
                .isEqualTo(window("2026-03-31T22:00:00Z", "2026-04-30T22:00:00Z"));
        assertThat(at("WEEK", "UTC", late)).isEqualTo(window("2026-03-30T00:00:00Z", "2026-04-06T00:00:00Z"));
        assertThat(at("HOUR", "UTC", late)).isEqualTo(window("2026-03-31T22:00:00Z", "2026-03-31T23:00:00Z"));
        assertThat(at("HOUR", "Asia/Kolkata", late)).isEqualTo(window("2026-03-31T22:30:00Z", "2026-03-31T23:30:00Z"));
    }

    @Test
    void aDayOnWhichTheClockIsChangedIsShorter() {
        Windows.Window day = at("DAY", "Europe/Berlin", micros("2026-03-29T12:00:00Z"));

        assertThat(day.end() - day.start()).isEqualTo(23 * HOUR);
    }

    @Test
    void aRollingWindowIsTheRunningQuarterHourAndTheHoursBeforeIt() {
        Windows rolling = new Windows("ROLLING", 5 * HOUR, 0, ZoneId.of("UTC"));

        assertThat(rolling.at(micros("2026-03-15T12:07:00Z")))
                .isEqualTo(window("2026-03-15T07:00:00Z", "2026-03-15T12:15:00Z"));
        assertThat(rolling.bucket(micros("2026-03-15T12:07:00Z")))
                .isEqualTo(window("2026-03-15T12:00:00Z", "2026-03-15T12:15:00Z"));
    }

    @Test
    void windowsFromAnAnchorRepeatOnBothSidesOfIt() {
        Windows every = new Windows("EVERY", 30 * 24 * HOUR, micros("2026-01-15T00:00:00Z"), ZoneId.of("UTC"));

        assertThat(every.at(micros("2026-01-14T23:59:59Z")))
                .isEqualTo(window("2025-12-16T00:00:00Z", "2026-01-15T00:00:00Z"));
        assertThat(every.at(micros("2026-01-15T00:00:00Z")))
                .isEqualTo(window("2026-01-15T00:00:00Z", "2026-02-14T00:00:00Z"));
    }

    @Test
    void whatItDoesNotKnowItDoesNotGuess() {
        assertThatThrownBy(() -> at("DECADE", "UTC", 0)).isInstanceOf(NotUnderstoodException.class);
        // Lord Howe Island moves its clock by half an hour.
        assertThatThrownBy(() -> at("HOUR", "Australia/Lord_Howe", micros("2026-04-04T15:10:00Z")))
                .isInstanceOf(NotUnderstoodException.class);
    }

    private static Windows.Window at(String kind, String zone, long time) {
        return new Windows(kind, 0, 0, ZoneId.of(zone)).at(time);
    }

    private static Windows.Window window(String from, String to) {
        return new Windows.Window(micros(from), micros(to));
    }
}
