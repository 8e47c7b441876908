package io.tollgate.bench.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EntryFiguresTest {
    private static final EntryFigures FIGURES = new EntryFigures(100, 40_000, 125, 275, 1_000, 990, 2_000_000);

    @Test
    void theyArriveAsTheyWereSent() {
        assertThat(EntryFigures.of(List.of(FIGURES.words().split(" ", -1)))).isEqualTo(FIGURES);
    }

    @Test
    void theyAreOfOneIdAndOneLookUp() {
        assertThat(FIGURES.memoryPerId()).isEqualTo(4.0);
        assertThat(FIGURES.diskPerId()).isEqualTo(400.0);
        assertThat(FIGURES.shareWithoutReading()).isEqualTo(0.99);
        assertThat(FIGURES.microsPerLookUp()).isEqualTo(2.0);
    }
}
