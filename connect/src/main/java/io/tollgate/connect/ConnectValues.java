package io.tollgate.connect;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Generic Avro values as Connect has them, by the schema that {@link ConnectSchemas} makes. */
final class ConnectValues {
    private ConnectValues() {}

    static @Nullable Object of(org.apache.avro.Schema avro, Schema connect, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (avro.getType()) {
            case RECORD -> struct(connect, (IndexedRecord) value);
            case ARRAY -> {
                List<@Nullable Object> items = new ArrayList<>();
                for (Object item : (Collection<?>) value) {
                    items.add(of(avro.getElementType(), connect.valueSchema(), item));
                }
                yield items;
            }
            case MAP -> {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                ((Map<?, ?>) value)
                        .forEach((name, member) -> members.put(
                                String.valueOf(name), of(avro.getValueType(), connect.valueSchema(), member)));
                yield members;
            }
            case UNION -> of(ConnectSchemas.present(avro), connect, value);
            case STRING, ENUM -> value.toString();
            case FIXED -> ByteBuffer.wrap(((GenericFixed) value).bytes());
            default -> value;
        };
    }

    private static Struct struct(Schema connect, IndexedRecord fields) {
        Struct struct = new Struct(connect);
        for (Field field : connect.fields()) {
            org.apache.avro.Schema avro =
                    fields.getSchema().getFields().get(field.index()).schema();
            struct.put(field, of(avro, field.schema(), fields.get(field.index())));
        }
        return struct;
    }
}
