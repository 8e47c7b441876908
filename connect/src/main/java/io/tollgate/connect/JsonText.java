package io.tollgate.connect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Nested values as JSON text, written as Tollgate's own tables have them: amounts are exact numbers without an exponent, and
 * what is null is not there.
 */
final class JsonText {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private JsonText() {}

    static String of(Object value) {
        return JSON.writeValueAsString(plain(value));
    }

    /** {@code {"input":1200}} of a list of (dimension, quantity). */
    static String ofQuantities(List<?> quantities) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (Object quantity : quantities) {
            Struct counted = (Struct) quantity;
            members.put(storable(counted.getString("dimension")), Amount.of(counted.getStruct("quantity")));
        }
        return of(members);
    }

    /** How a usage was read; the quality as a word. */
    static String ofReading(Struct reading) {
        Map<String, Object> members = members(reading);
        members.computeIfPresent("quality", (name, quality) -> word(quality.toString()));
        return of(members);
    }

    /** A symbol of an enumeration as the API and the tables spell it. */
    static String word(String symbol) {
        return symbol.toLowerCase(Locale.ROOT);
    }

    /** U+0000 can be in JSON, and in no text of PostgreSQL: one such event would stop a sink for good. */
    static String storable(String text) {
        return text.replace('\u0000', '\uFFFD');
    }

    private static Object plain(Object value) {
        if (value instanceof Struct struct) {
            return Amount.isOne(struct.schema()) ? Amount.of(struct) : members(struct);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> members = new TreeMap<>();
            map.forEach((name, member) -> members.put((String) name, plain(member)));
            return members;
        }
        return value instanceof List<?> items
                ? items.stream().map(JsonText::plain).toList()
                : value;
    }

    private static Map<String, Object> members(Struct struct) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (Field field : struct.schema().fields()) {
            @Nullable Object member = struct.get(field);
            if (member != null) {
                members.put(field.name(), plain(member));
            }
        }
        return members;
    }
}
