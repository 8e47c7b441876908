package io.tollgate.connect;

import java.nio.ByteBuffer;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** A record as it came. Fields that its writer did not know yet are null. */
record Usage(@Nullable Object key, Struct value) {

    @Nullable
    Object field(String name) {
        Field field = value.schema().field(name);
        return field == null ? null : value.get(field);
    }

    String text(String name) {
        return present(name, String.class);
    }

    /** A field that every record has. */
    <T> T present(String name, Class<T> type) {
        Object found = field(name);
        if (!type.isInstance(found)) {
            throw new DataException(value.schema().name() + " without a " + name + " of type " + type.getSimpleName());
        }
        return type.cast(found);
    }

    byte[] keyBytes() {
        if (key instanceof byte[] bytes) {
            return bytes;
        }
        if (key instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        throw new DataException("the record's key makes the row's id and must be read as bytes: set key.converter to"
                + " org.apache.kafka.connect.converters.ByteArrayConverter");
    }
}
