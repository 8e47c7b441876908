package io.tollgate.standalone.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void itSaysHowFarItIs() {
        assertThat(Progress.line("sending", 1, 3, "1 accepted", 72))
                .isEqualTo("sending  [#########.....................] 33 %  1 accepted  01:12");
        assertThat(Progress.line("sending", 9, 3, "", 0)).contains("] 100 %");
        assertThat(Progress.line("importing", 7, 0, "", 5)).isEqualTo("importing  00:05");
    }

    @Test
    void nothingIsDrawnWhereNobodyWatches() {
        StringWriter err = new StringWriter();
        try (Progress progress = Progress.start("sending", 10, new PrintWriter(err))) {
            progress.at(5, "half");
        }
        assertThat(err.toString()).isEmpty();
    }
}
