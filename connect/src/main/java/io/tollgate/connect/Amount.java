package io.tollgate.connect;

import io.tollgate.avro.ExactDecimal;
import io.tollgate.schemas.decimal.Decimals;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** The record that stands for an exact decimal in Tollgate's topics, as a number. */
final class Amount {
    private static final String NAME = ExactDecimal.getClassSchema().getFullName();

    private Amount() {}

    static boolean isOne(Schema schema) {
        return NAME.equals(schema.name());
    }

    static BigDecimal of(Struct amount) {
        return Decimals.fromAvro(new ExactDecimal(
                        amount.getInt64("unscaled"), amount.getInt32("scale"), bytes(amount.get("big"))))
                .toBigDecimal();
    }

    /** Converters give bytes as either. */
    private static @Nullable ByteBuffer bytes(@Nullable Object big) {
        return big instanceof byte[] array ? ByteBuffer.wrap(array) : (ByteBuffer) big;
    }
}
