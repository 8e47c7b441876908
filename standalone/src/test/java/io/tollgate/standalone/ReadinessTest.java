package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadinessTest {
    @Test
    void whatIsMissingIsToldWithoutWhatIsThere() {
        assertThat(
                        Readiness.missing(
                                """
                {"status":"DOWN","components":{"ping":{"status":"UP"},"books":{"status":"DOWN"},
                 "topology":{"status":"OUT_OF_SERVICE","details":{"state":"REBALANCING","restoring":12}}}}"""))
                .isEqualTo("books, topology (state REBALANCING, restoring 12)");
    }

    @Test
    void whatIsNoProbesAnswerIsToldAsItIs() {
        assertThat(Readiness.missing("<html>")).isEqualTo("<html>");
        assertThat(Readiness.missing("{}")).isEqualTo("{}");
    }
}
