package io.tollgate.sink.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class DailyTableTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

    private final DailyTable table = new DailyTable("cost_calculations", Duration.ofDays(400));

    @Test
    void aPartitionsNameTellsItsDay() {
        assertThat(table.partition(TODAY)).isEqualTo("cost_calculations_p20261121");
        assertThat(table.dayOf("cost_calculations_p20261121")).contains(TODAY);
    }

    @Test
    void othersAreLeftAlone() {
        assertThat(table.dayOf("cost_calculations_default")).isEmpty();
        assertThat(table.dayOf("cost_calculations_pending")).isEmpty();
        assertThat(table.dayOf("event_outcomes_p20261121")).isEmpty();
    }

    @Test
    void daysOutOfBoundsHaveNoPartition() {
        assertThat(table.hasOwnPartition(TODAY.plusDays(8), TODAY)).isTrue();
        assertThat(table.hasOwnPartition(TODAY.plusDays(9), TODAY)).isFalse();
        assertThat(table.hasOwnPartition(TODAY.minusDays(400), TODAY)).isTrue();
        assertThat(table.hasOwnPartition(TODAY.minusDays(401), TODAY)).isFalse();
    }

    @Test
    void theLastKeptDayIsNotPastItsRetention() {
        assertThat(table.isPastRetention(TODAY.minusDays(400), TODAY)).isFalse();
        assertThat(table.isPastRetention(TODAY.minusDays(401), TODAY)).isTrue();
    }
}
