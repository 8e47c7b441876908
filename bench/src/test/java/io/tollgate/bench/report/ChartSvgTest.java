package io.tollgate.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ChartSvgTest {
    @Test
    void theLargestIsTheWidestAndTheOthersAreInProportion() throws Exception {
        Document svg = drawn(new Chart.Mark(50, "50 and more"));
        assertThat(width(svg, 0)).isEqualTo(580);
        assertThat(width(svg, 1)).isEqualTo(145);
    }

    @Test
    void theTargetIsALineOnTheSameScale() throws Exception {
        Element line = element(drawn(new Chart.Mark(50, "50 and more")), "line", 0);
        double left = Double.parseDouble(element(drawn(null), "rect", 0).getAttribute("x"));
        assertThat(Double.parseDouble(line.getAttribute("x1")) - left).isEqualTo(290);
        assertThat(line.getAttribute("x2")).isEqualTo(line.getAttribute("x1"));
    }

    @Test
    void aTargetBeyondAllBarsIsWithinThePicture() throws Exception {
        Document svg = drawn(new Chart.Mark(400, "far"));
        assertThat(width(svg, 0)).isEqualTo(145);
        assertThat(Double.parseDouble(element(svg, "line", 0).getAttribute("x1")))
                .isLessThan(ChartSvg.WIDTH);
    }

    @Test
    void textIsTextAndEscaped() throws Exception {
        String text =
                drawn(new Chart.Mark(50, "a < b & c")).getDocumentElement().getTextContent();
        assertThat(text).contains("plain <producer>", "100", "25.0", "to reach: a < b & c");
    }

    @Test
    void aBarOfNothingCanStillBeSeen() {
        assertThat(ChartSvg.width(0, 100)).isEqualTo(1);
        assertThat(ChartSvg.width(0, 0)).isEqualTo(1);
    }

    @Test
    void figuresHaveThreeDigits() {
        assertThat(ChartSvg.figure(1.4321)).isEqualTo("1.43");
        assertThat(ChartSvg.figure(14.321)).isEqualTo("14.3");
        assertThat(ChartSvg.figure(886_410.4)).isEqualTo("886,410");
    }

    @Test
    void whatCanNotBeDrawnIsRefused() {
        assertThatThrownBy(() -> Chart.bar("a", Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Chart("../x", "t", "ms", List.of(Chart.bar("a", 1)), null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Chart("x", "t", "ms", List.of(), null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Document drawn(Chart.@Nullable Mark target) throws Exception {
        String svg = ChartSvg.of(new Chart(
                "c", "Chart", "µs", List.of(Chart.limit("plain <producer>", 100), Chart.bar("gateway", 25)), target));
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static double width(Document svg, int bar) {
        return Double.parseDouble(element(svg, "rect", bar).getAttribute("width"));
    }

    private static Element element(Document svg, String name, int index) {
        return (Element) svg.getElementsByTagName(name).item(index);
    }
}
