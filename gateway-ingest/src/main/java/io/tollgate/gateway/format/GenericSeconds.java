package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Time on a machine, which a producer states in seconds or milliseconds. */
final class GenericSeconds implements UsageFormat {
    private static final Shape SHAPE = Shape.of("id", "model", "seconds", "duration_ms");
    private static final Decimal MILLISECOND = Decimal.of(1, 3);

    @Override
    public String name() {
        return "generic.seconds";
    }

    @Override
    public Shape shape() {
        return SHAPE;
    }

    @Override
    public Reading read(List<JsonNode> chunks, Said said) {
        Tally tally = new Tally();
        JsonNode body = Last.of(chunks);
        Identity.note(body, tally);
        Decimal seconds = tally.seconds(body, "seconds");
        Decimal milliseconds = tally.count(body, "duration_ms");
        Decimal converted = milliseconds == null ? null : Tally.length(milliseconds.times(MILLISECOND));
        Decimal stated = seconds == null ? converted : seconds;
        if (stated == null) {
            return tally.missing("the body has neither seconds nor duration_ms");
        }
        if (converted != null && !converted.equals(stated)) {
            tally.inconsistent("seconds is " + stated + ", duration_ms is " + milliseconds);
        }
        return tally.add("compute_second", stated).reading();
    }

    @Override
    public String sample() {
        return "{\"duration_ms\":3250}";
    }
}
