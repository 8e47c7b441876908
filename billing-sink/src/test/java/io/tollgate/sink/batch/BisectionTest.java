package io.tollgate.sink.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BisectionTest {
    private final List<Integer> written = new ArrayList<>();
    private int attempts;

    private List<Integer> refusedOf(int rows, Set<Integer> bad) throws SQLException {
        List<Bisection.Refused<Integer>> refused =
                Bisection.write(IntStream.range(0, rows).boxed().toList(), part -> {
                    attempts++;
                    if (part.stream().anyMatch(bad::contains)) {
                        return new SQLException("bad", "22021");
                    }
                    written.addAll(part);
                    return null;
                });
        return refused.stream().map(Bisection.Refused::row).toList();
    }

    @Test
    void goodRowsTakeOneAttempt() throws SQLException {
        assertThat(refusedOf(5_000, Set.of())).isEmpty();
        assertThat(attempts).isOne();
        assertThat(written).hasSize(5_000);
    }

    @Test
    void badRowsAreFoundAndTheirNeighboursGoInInOrder() throws SQLException {
        Set<Integer> bad = Set.of(0, 1, 777, 4_999);

        assertThat(refusedOf(5_000, bad)).containsExactly(0, 1, 777, 4_999);
        assertThat(written)
                .isEqualTo(IntStream.range(0, 5_000)
                        .boxed()
                        .filter(row -> !bad.contains(row))
                        .toList());
        assertThat(attempts).isLessThan(4 * 2 * 13);
    }

    @Test
    void allRowsMayBeBadAndNoneMayBeThere() throws SQLException {
        assertThat(refusedOf(3, Set.of(0, 1, 2))).containsExactly(0, 1, 2);
        assertThat(refusedOf(0, Set.of())).isEmpty();
        assertThat(written).isEmpty();
    }
}
