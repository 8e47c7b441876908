package io.tollgate.oracle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Fields of Avro's generic records. A field that the writer's schema did not have yet is null. */
final class Fields {
    private Fields() {}

    static String text(GenericRecord record, String field) {
        return Objects.requireNonNull(textOrNull(record, field), field);
    }

    static @Nullable String textOrNull(GenericRecord record, String field) {
        Object value = valueOrNull(record, field);
        return value == null ? null : value.toString();
    }

    static long number(GenericRecord record, String field) {
        return ((Number) Objects.requireNonNull(record.get(field), field)).longValue();
    }

    static GenericRecord record(GenericRecord record, String field) {
        return (GenericRecord) Objects.requireNonNull(record.get(field), field);
    }

    static @Nullable Object valueOrNull(GenericRecord record, String field) {
        return record.hasField(field) ? record.get(field) : null;
    }

    static Map<String, String> map(GenericRecord record, String field) {
        Map<String, String> map = new HashMap<>();
        Object value = valueOrNull(record, field);
        if (value != null) {
            ((Map<?, ?>) value).forEach((name, one) -> map.put(name.toString(), one.toString()));
        }
        return Map.copyOf(map);
    }

    static @Nullable List<String> textsOrNull(GenericRecord record, String field) {
        Object value = valueOrNull(record, field);
        return value == null
                ? null
                : ((List<?>) value).stream().map(Object::toString).toList();
    }

    static List<GenericRecord> records(GenericRecord record, String field) {
        return ((List<?>) Objects.requireNonNull(record.get(field), field))
                .stream().map(one -> (GenericRecord) one).toList();
    }
}
