package io.tollgate.bench.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MemoryTest {
    private static final String ROLLUP =
            """
            5581a0e6b000-7ffd6a5f2000 ---p 00000000 00:00 0                          [rollup]
            Rss:              524288 kB
            Pss:              262144 kB
            Pss_Dirty:           800 kB
            """;

    @Test
    void figuresAreFoundByTheirName() {
        assertThat(Memory.kib(ROLLUP, "Rss")).isEqualTo(524_288);
        assertThat(Memory.kib(ROLLUP, "Pss")).isEqualTo(262_144);
    }

    @Test
    void oneThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> Memory.kib(ROLLUP, "Swap")).isInstanceOf(IllegalArgumentException.class);
    }
}
