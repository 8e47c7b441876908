package io.tollgate.bench.report;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Measures of one unit, each a bar, and where they are to go.
 *
 * @param name of its file: small letters, digits and hyphens
 * @param bars from top to bottom
 * @param target null: none is set
 */
public record Chart(String name, String title, String unit, List<Bar> bars, @Nullable Mark target) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+");

    public Chart {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a chart's name is its file's, and not '" + name + "'");
        }
        if (bars.isEmpty()) {
            throw new IllegalArgumentException("a chart of nothing");
        }
        bars = List.copyOf(bars);
    }

    /**
     * One of the measures.
     *
     * @param limit whether it is what others are held against
     */
    public record Bar(String label, double value, boolean limit) {
        public Bar {
            if (!(value >= 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException(label + " can't be drawn: " + value);
            }
        }
    }

    /** A line across the bars. */
    public record Mark(double value, String words) {}

    public static Bar bar(String label, double value) {
        return new Bar(label, value, false);
    }

    public static Bar limit(String label, double value) {
        return new Bar(label, value, true);
    }

    /** The largest of all that is drawn. */
    double largest() {
        double bar = bars.stream().mapToDouble(Bar::value).max().orElseThrow();
        return target == null ? bar : Math.max(bar, target.value());
    }
}
