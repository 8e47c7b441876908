package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * One number that a producer states in a body of its own, for vendors whose answers state none.
 *
 * @param member that holds the number
 * @param dimension that it is of
 */
record GenericCount(String name, String member, String dimension) implements UsageFormat {
    @Override
    public Shape shape() {
        return Shape.of("id", "model", member);
    }

    @Override
    public Reading read(List<JsonNode> chunks, Said said) {
        Tally tally = new Tally();
        JsonNode body = Last.of(chunks);
        Identity.note(body, tally);
        Decimal count = tally.count(body, member);
        return count == null
                ? tally.missing("the body has no " + member)
                : tally.add(dimension, count).reading();
    }

    @Override
    public String sample() {
        return "{\"" + member + "\":4}";
    }
}
