package io.tollgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.bench.Comparison.Basis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlternationTest {
    private final List<String> order = new ArrayList<>();

    @Test
    void runsInTurnAndLeavesTheWarmUpOut() throws Exception {
        Measure limit = new Recorded("limit");
        Measure subject = new Recorded("subject");
        Comparison comparison =
                new Comparison("c", servers -> limit, servers -> subject, 5, Basis.RATE, "target", "setting");
        Options options = new Options(1_000, 2, 1, List.of(), Path.of("out"));

        Result result = new Alternation((measure, round, reading) -> {}).run(comparison, limit, subject, options);

        assertThat(order)
                .containsExactly(
                        "subject 0 1000",
                        "limit 0 5000",
                        "limit 1 5000",
                        "subject 1 1000",
                        "subject 2 1000",
                        "limit 2 5000");
        assertThat(result.subject()).extracting(Reading::nanos).containsExactly(2L, 3L);
        assertThat(result.limit()).extracting(Reading::events).containsExactly(5_000L, 5_000L);
    }

    private final class Recorded implements Measure {
        private final String name;

        Recorded(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Reading run(int round, int events) {
            order.add(name + " " + round + " " + events);
            return new Reading(events, round + 1, 0, 0);
        }

        @Override
        public void close() {}
    }
}
