package io.tollgate.bench.report;

import io.tollgate.bench.report.Chart.Bar;
import io.tollgate.bench.report.Chart.Mark;
import java.util.List;
import java.util.Locale;

/**
 * A chart as SVG: horizontal bars, each with its label above and its value behind, the target a dashed line. Without a
 * background, in colours that can be read on a light page as well as on a dark one; its text is text.
 */
final class ChartSvg {
    static final int WIDTH = 720;
    static final int ROW = 44;

    private static final int HEAD = 38;
    private static final int FOOT = 30;
    private static final int LEFT = 8;
    /** The widest bar; behind it is room for its value. */
    private static final int WIDEST = 580;

    private static final int LABEL_BASE = 13;
    private static final int BAR_TOP = 19;
    private static final int BAR_HEIGHT = 16;
    /** Shares of the widest within which the target's words are put beside its line, not around it. */
    private static final double NEAR_LEFT = 0.25;

    private static final double NEAR_RIGHT = 0.75;

    private static final String STYLE =
            """
            text{font:13px system-ui,sans-serif;fill:#57606a}\
            .title{font-weight:600;fill:#24292f}\
            .limit{fill:#8c959f}.measure{fill:#2f81f7}\
            .target{stroke:#d4761b;stroke-width:2;stroke-dasharray:5 3}.words{fill:#bc5b00}\
            @media(prefers-color-scheme:dark){text{fill:#9198a1}.title{fill:#e6edf3}.words{fill:#e0903f}}""";

    private final Chart chart;
    private final double largest;
    private final StringBuilder svg = new StringBuilder();

    private ChartSvg(Chart chart) {
        this.chart = chart;
        this.largest = chart.largest();
    }

    static String of(Chart chart) {
        return new ChartSvg(chart).draw();
    }

    private String draw() {
        Mark target = chart.target();
        int end = HEAD + ROW * chart.bars().size();
        int height = end + (target == null ? 0 : FOOT);
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">%n",
                WIDTH, height, WIDTH, height);
        add("<title>%s, %s</title>%n<style>%s</style>%n", escaped(chart.title()), escaped(chart.unit()), STYLE);
        add(
                "<text x=\"%d\" y=\"20\"><tspan class=\"title\">%s</tspan>, %s</text>%n",
                LEFT, escaped(chart.title()), escaped(chart.unit()));
        List<Bar> bars = chart.bars();
        for (int i = 0; i < bars.size(); i++) {
            draw(bars.get(i), HEAD + i * ROW);
        }
        if (target != null) {
            draw(target, end);
        }
        return svg.append("</svg>\n").toString();
    }

    private void draw(Bar bar, int top) {
        double width = width(bar.value());
        add("<text x=\"%d\" y=\"%d\">%s</text>%n", LEFT, top + LABEL_BASE, escaped(bar.label()));
        add(
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n",
                bar.limit() ? "limit" : "measure", LEFT, top + BAR_TOP, width, BAR_HEIGHT);
        add(
                "<text x=\"%.1f\" y=\"%d\">%s</text>%n",
                LEFT + width + 6, top + BAR_TOP + BAR_HEIGHT - 3, figure(bar.value()));
    }

    private void draw(Mark target, int bottom) {
        double x = LEFT + width(target.value());
        add(
                "<line class=\"target\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>%n",
                x, HEAD + BAR_TOP - 4, x, bottom + 4);
        double share = target.value() / largest;
        String anchor = share < NEAR_LEFT ? "start" : share > NEAR_RIGHT ? "end" : "middle";
        add(
                "<text class=\"words\" x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>%n",
                x, bottom + 20, anchor, escaped("to reach: " + target.words()));
    }

    private double width(double value) {
        return width(value, largest);
    }

    /** Pixels of a value where the largest is as wide as may be; never so thin that it could not be seen. */
    static double width(double value, double largest) {
        return largest == 0 ? 1 : Math.max(1, WIDEST * value / largest);
    }

    /** Three digits, or all before the point. */
    static String figure(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format.replace("%n", "\n"), values));
    }
}
