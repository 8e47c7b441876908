package io.tollgate.gateway.catalog;

import io.tollgate.gateway.ingest.Quantities;
import io.tollgate.schemas.decimal.Decimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Numbers of a catalogue from their text, exactly; some are written as strings. */
final class Numbers {
    private Numbers() {}

    /** Null for anything that is no number. */
    static @Nullable Decimal of(JsonNode value) {
        if (value.isString()) {
            return Quantities.number(value.stringValue());
        }
        return value.isNumber() ? Quantities.number(value.numberValue().toString()) : null;
    }
}
