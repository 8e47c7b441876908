package io.tollgate.usageapi.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowSizeTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId KOLKATA = ZoneId.of("Asia/Kolkata");
    private static final ZoneId LORD_HOWE = ZoneId.of("Australia/Lord_Howe");

    @Test
    void theDayOfSpringHas23HoursAndTheDayOfAutumn25() {
        assertThat(lengthOfDay("2026-03-28T23:00:00Z", BERLIN)).isEqualTo(Duration.ofHours(23));
        assertThat(lengthOfDay("2026-10-24T22:00:00Z", BERLIN)).isEqualTo(Duration.ofHours(25));
    }

    @Test
    void theHourThatIsLivedTwiceIsTwoWindows() {
        assertThat(edges(WindowSize.HOUR, "2026-10-24T23:00:00Z", 4, BERLIN))
                .containsExactly(
                        "2026-10-24T23:00:00Z", "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z");
        assertThat(floor(WindowSize.HOUR, "2026-10-25T00:30:00Z", BERLIN)).isEqualTo("2026-10-25T00:00:00Z");
        assertThat(floor(WindowSize.HOUR, "2026-10-25T01:30:00Z", BERLIN)).isEqualTo("2026-10-25T01:00:00Z");
    }

    @Test
    void hoursOfAHalfHourZoneBeginAtHalfPastInUtc() {
        assertThat(floor(WindowSize.HOUR, "2026-11-21T10:10:00Z", KOLKATA)).isEqualTo("2026-11-21T09:30:00Z");
        assertThat(floor(WindowSize.DAY, "2026-11-21T10:10:00Z", KOLKATA)).isEqualTo("2026-11-20T18:30:00Z");
    }

    /** 02:00 becomes 02:30 on 4 October 2026 and 02:00 becomes 01:30 on 5 April 2026. */
    @Test
    void aShiftByHalfAnHourLeavesNoGapAndNoOverlap() {
        assertThat(edges(WindowSize.HOUR, "2026-10-03T14:30:00Z", 4, LORD_HOWE))
                .containsExactly(
                        "2026-10-03T14:30:00Z", "2026-10-03T15:30:00Z", "2026-10-03T16:00:00Z", "2026-10-03T17:00:00Z");
        assertThat(edges(WindowSize.HOUR, "2026-04-04T14:00:00Z", 3, LORD_HOWE))
                .containsExactly("2026-04-04T14:00:00Z", "2026-04-04T15:30:00Z", "2026-04-04T16:30:00Z");
    }

    @Test
    void aDayThatWasLeftOutIsNoWindow() {
        ZoneId samoa = ZoneId.of("Pacific/Apia");
        assertThat(edges(WindowSize.DAY, "2011-12-29T10:00:00Z", 3, samoa))
                .containsExactly("2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z");
    }

    @Test
    void aDayWithoutAMidnightBeginsAtOne() {
        ZoneId saoPaulo = ZoneId.of("America/Sao_Paulo");
        assertThat(floor(WindowSize.DAY, "2018-11-04T12:00:00Z", saoPaulo)).isEqualTo("2018-11-04T03:00:00Z");
        assertThat(lengthOfDay("2018-11-04T03:00:00Z", saoPaulo)).isEqualTo(Duration.ofHours(23));
    }

    @Test
    void monthsBeginAtTheZonesMidnight() {
        assertThat(edges(WindowSize.MONTH, "2026-02-28T23:00:00Z", 3, BERLIN))
                .containsExactly("2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z", "2026-04-30T22:00:00Z");
    }

    @Test
    void everyTimeOfAYearLiesInTheWindowThatItsFloorSays() {
        for (ZoneId zone : List.of(BERLIN, KOLKATA, LORD_HOWE)) {
            for (WindowSize size : WindowSize.values()) {
                Instant end = Instant.parse("2027-01-05T00:00:00Z");
                Instant edge = size.floor(Instant.parse("2026-01-01T00:00:00Z"), zone);
                while (edge.isBefore(end)) {
                    Instant next = size.next(edge, zone);
                    assertThat(next).isAfter(edge);
                    assertThat(size.floor(edge, zone)).isEqualTo(edge);
                    assertThat(size.floor(next.minusNanos(1), zone)).isEqualTo(edge);
                    edge = next;
                }
            }
        }
    }

    private static Duration lengthOfDay(String start, ZoneId zone) {
        Instant edge = Instant.parse(start);
        assertThat(WindowSize.DAY.floor(edge, zone)).isEqualTo(edge);
        return Duration.between(edge, WindowSize.DAY.next(edge, zone));
    }

    private static String floor(WindowSize size, String time, ZoneId zone) {
        return size.floor(Instant.parse(time), zone).toString();
    }

    private static List<String> edges(WindowSize size, String first, int count, ZoneId zone) {
        List<String> edges = new ArrayList<>();
        Instant edge = Instant.parse(first);
        for (int i = 0; i < count; i++) {
            edges.add(edge.toString());
            edge = size.next(edge, zone);
        }
        return edges;
    }
}
