package io.tollgate.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.bench.Reading;
import org.junit.jupiter.api.Test;

class WorkloadMainTest {
    @Test
    void aReadingArrivesAsItWasSent() {
        Reading reading = new Reading(1, 2, 3, 4);

        assertThat(WorkloadMain.reading(WorkloadMain.words(reading))).isEqualTo(reading);
    }
}
