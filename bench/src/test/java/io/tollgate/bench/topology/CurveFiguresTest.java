package io.tollgate.bench.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.bench.Reading;
import io.tollgate.bench.topology.CurvesBench.Curve;
import io.tollgate.bench.topology.CurvesBench.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurveFiguresTest {
    private static final Point FEW = new Point("few", 4, Traffic.uniform(100));
    private static final Point HOT = new Point("hot", 4, Traffic.uniform(100).withHot(90));
    private static final Point FOUR = new Point("four partitions", 4, Traffic.uniform(100));
    private static final List<Curve> CURVES =
            List.of(new Curve("partitions", "flat", List.of(FOUR)), new Curve("hot", "less", List.of(FEW, HOT)));

    @Test
    void aPointOfTwoCurvesIsRunOnce() {
        assertThat(CurvesBench.distinct(CURVES)).containsExactly(FOUR, HOT);
    }

    @Test
    void eachPointIsHeldAgainstItsCurvesFirst() {
        CurveFigures figures = new CurveFigures();
        figures.add(FOUR, reading(40));
        figures.add(FOUR, reading(60));
        figures.add(HOT, reading(25));

        assertThat(figures.table(CURVES))
                .contains("| four partitions | 50.00 | 1.00 | flat |")
                .contains("| few | 50.00 | 1.00 | less |")
                .contains("| hot | 25.00 | 0.50 | less |");
    }

    private static Reading reading(int cpuMicrosPerEvent) {
        return new Reading(1_000, 1_000_000_000, cpuMicrosPerEvent * 1_000_000L, 0);
    }
}
