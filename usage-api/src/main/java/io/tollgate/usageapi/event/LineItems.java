package io.tollgate.usageapi.event;

import io.tollgate.schemas.decimal.Decimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The ledger's line items and readings: JSON numbers in the table, where they can be summed, and strings outside, exact. */
@Component
final class LineItems {
    /** A sum of products of 38 digits by 24 decimals and multipliers is long, but not this long. */
    private static final int MAX_DIGITS = 4_000;

    private static final List<String> READING = List.of("format", "quality", "remark", "cost", "usage");

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
            items.add(members(line));
        }
        return items;
    }

    /** How a vendor's body was read; its usage part, which the table has as text, as the JSON that it is. */
    @Nullable
    Map<String, @Nullable Object> vendor(@Nullable String vendor) {
        if (vendor == null) {
            return null;
        }
        Map<String, @Nullable Object> stored = members(json.readTree(vendor));
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        // jsonb has an order of its own.
        for (String name : READING) {
            members.put(name, stored.get(name));
        }
        if (stored.get("usage") instanceof String usage) {
            members.put("usage", readable(usage));
        }
        return members;
    }

    private Object readable(String usage) {
        try {
            return json.readTree(usage);
        } catch (JacksonException e) {
            return usage;
        }
    }

    private static Map<String, @Nullable Object> members(JsonNode object) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        object.properties().forEach(member -> members.put(member.getKey(), value(member.getValue())));
        return members;
    }

    private static @Nullable Object value(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        return value.isNumber() ? Decimal.of(value.decimalValue()).toString() : value.asString();
    }
}
