package io.tollgate.connect;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * What Confluent's converter and its relatives add to what ours gives, as far as a transform can see it: docs, versions,
 * parameters that name Avro's types, and either kind of bytes.
 */
final class LikeConfluent {
    private LikeConfluent() {}

    static SchemaAndValue of(SinkRecord record) {
        Schema schema = schema(record.valueSchema());
        return new SchemaAndValue(schema, value(schema, record.value()));
    }

    private static Schema schema(Schema ours) {
        SchemaBuilder builder =
                switch (ours.type()) {
                    case ARRAY -> SchemaBuilder.array(schema(ours.valueSchema()));
                    case MAP -> SchemaBuilder.map(schema(ours.keySchema()), schema(ours.valueSchema()));
                    default -> new SchemaBuilder(ours.type());
                };
        if (ours.type() == Schema.Type.STRUCT) {
            ours.fields().forEach(field -> builder.field(field.name(), schema(field.schema())));
        }
        if (ours.name() != null) {
            builder.name(ours.name());
        }
        if (ours.isOptional()) {
            builder.optional();
        }
        return builder.doc("from the Avro schema")
                .version(3)
                .parameter("io.confluent.connect.avro.field.doc.company", "whose")
                .build();
    }

    private static @Nullable Object value(Schema schema, @Nullable Object ours) {
        if (ours instanceof Struct struct) {
            Struct theirs = new Struct(schema);
            for (Field field : schema.fields()) {
                theirs.put(field, value(field.schema(), struct.get(field.name())));
            }
            return theirs;
        }
        if (ours instanceof List<?> items) {
            return items.stream().map(item -> value(schema.valueSchema(), item)).toList();
        }
        if (ours instanceof Map<?, ?> members) {
            Map<Object, @Nullable Object> theirs = new LinkedHashMap<>();
            members.forEach((name, member) -> theirs.put(name, value(schema.valueSchema(), member)));
            return theirs;
        }
        if (ours instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        return ours;
    }
}
