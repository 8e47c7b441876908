package io.tollgate.usageapi.event;

import io.tollgate.schemas.decimal.Decimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The ledger's line items: JSON numbers in the table, where they can be summed, and strings outside, exact. */
@Component
final class LineItems {
    /** A sum of products of 38 digits by 24 decimals and multipliers is long, but not this long. */
    private static final int MAX_DIGITS = 4_000;

    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(MAX_DIGITS)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    List<Map<String, @Nullable Object>> parse(String lines) {
        List<Map<String, @Nullable Object>> items = new ArrayList<>();
        for (JsonNode line : json.readTree(lines)) {
            Map<String, @Nullable Object> item = new LinkedHashMap<>();
            line.properties().forEach(member -> item.put(member.getKey(), value(member.getValue())));
            items.add(item);
        }
        return items;
    }

    private static @Nullable Object value(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        return value.isNumber() ? Decimal.of(value.decimalValue()).toString() : value.asString();
    }
}
