package io.tollgate.connect;

import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.errors.DataException;

/** Connect's words for an Avro schema: a union with null is optional, an enumeration is text, records keep their full name. */
final class ConnectSchemas {
    private ConnectSchemas() {}

    static Schema of(org.apache.avro.Schema avro) {
        return builder(avro).build();
    }

    private static SchemaBuilder builder(org.apache.avro.Schema avro) {
        return switch (avro.getType()) {
            case RECORD -> {
                SchemaBuilder struct = SchemaBuilder.struct().name(avro.getFullName());
                avro.getFields().forEach(field -> struct.field(field.name(), of(field.schema())));
                yield struct;
            }
            case ARRAY -> SchemaBuilder.array(of(avro.getElementType()));
            case MAP -> SchemaBuilder.map(Schema.STRING_SCHEMA, of(avro.getValueType()));
            case UNION -> builder(present(avro)).optional();
            case STRING, ENUM -> SchemaBuilder.string();
            case BYTES, FIXED -> SchemaBuilder.bytes();
            case INT -> SchemaBuilder.int32();
            case LONG -> SchemaBuilder.int64();
            case FLOAT -> SchemaBuilder.float32();
            case DOUBLE -> SchemaBuilder.float64();
            case BOOLEAN -> SchemaBuilder.bool();
            case NULL -> throw new DataException("a null that is nothing else has no schema in Connect");
        };
    }

    /** What a value of the union is if it is not null. */
    static org.apache.avro.Schema present(org.apache.avro.Schema union) {
        List<org.apache.avro.Schema> branches = union.getTypes();
        if (branches.size() != 2 || !union.isNullable()) {
            throw new DataException("only unions of null and one type can be read, not " + union);
        }
        return branches.get(branches.get(0).getType() == org.apache.avro.Schema.Type.NULL ? 1 : 0);
    }
}
