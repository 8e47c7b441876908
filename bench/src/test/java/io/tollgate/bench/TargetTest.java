package io.tollgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TargetTest {
    @Test
    void isReadFromTheWords() {
        assertThat(Target.of("rate ≥ 0.6 of the least server's, CPU per event ≤ 1.7 × its"))
                .containsExactly(
                        new Target(false, 0.6, "rate ≥ 0.6 of the least server's"),
                        new Target(true, 1.7, "CPU per event ≤ 1.7 × its"));
    }

    @Test
    void everyComparisonHasOneOfItsBasis() {
        for (Comparison comparison : Comparisons.ALL) {
            assertThat(Target.of(comparison.target()))
                    .as(comparison.name())
                    .anyMatch(target -> target.isOfCpu() == (comparison.basis() == Comparison.Basis.CPU));
        }
    }
}
