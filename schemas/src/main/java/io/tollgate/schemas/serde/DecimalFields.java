package io.tollgate.schemas.serde;

import io.tollgate.avro.ExactDecimal;
import io.tollgate.schemas.decimal.Decimals;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Where the records of a schema have decimals, so that they are looked at before anybody computes with them. Finds nothing
 * to do, at no cost, where there are none.
 */
abstract sealed class DecimalFields {
    private static final DecimalFields DECIMAL = new Decimal();

    /** Null where there are none. */
    static @Nullable DecimalFields of(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> schema.equals(ExactDecimal.getClassSchema()) ? DECIMAL : ofRecord(schema);
            case UNION ->
                schema.getTypes().stream()
                        .map(DecimalFields::of)
                        .filter(found -> found != null)
                        .findFirst()
                        .orElse(null);
            case ARRAY -> items(of(schema.getElementType()));
            case MAP -> items(of(schema.getValueType()));
            default -> null;
        };
    }

    private static @Nullable DecimalFields ofRecord(Schema schema) {
        List<Field> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            DecimalFields found = of(field.schema());
            if (found != null) {
                fields.add(new Field(field.pos(), found));
            }
        }
        return fields.isEmpty() ? null : new Fields(fields);
    }

    private static @Nullable DecimalFields items(@Nullable DecimalFields found) {
        return found == null ? null : new Items(found);
    }

    /** Whether all of them can be computed with. */
    abstract boolean areReadable(Object value);

    private record Field(int position, DecimalFields in) {}

    private static final class Decimal extends DecimalFields {
        @Override
        boolean areReadable(Object value) {
            return Decimals.isReadable((ExactDecimal) value);
        }
    }

    private static final class Fields extends DecimalFields {
        private final List<Field> fields;

        Fields(List<Field> fields) {
            this.fields = fields;
        }

        @Override
        boolean areReadable(Object value) {
            for (Field field : fields) {
                Object inField = ((IndexedRecord) value).get(field.position());
                if (inField != null && !field.in().areReadable(inField)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final class Items extends DecimalFields {
        private final DecimalFields each;

        Items(DecimalFields each) {
            this.each = each;
        }

        @Override
        boolean areReadable(Object value) {
            Collection<?> items = value instanceof Map<?, ?> map ? map.values() : (Collection<?>) value;
            for (Object item : items) {
                if (!each.areReadable(item)) {
                    return false;
                }
            }
            return true;
        }
    }
}
