package io.tollgate.oracle;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Exact decimals: out of their Avro record (unscaled × 10^-scale, beyond a long as big-endian bytes), and as text. */
final class Amount {
    /** Far beyond what the docs allow; a short record must not become a number that fills the heap. */
    private static final int WIDEST = 2_000;

    private Amount() {}

    static BigDecimal of(GenericRecord decimal) {
        int scale = (Integer) decimal.get("scale");
        if (Math.abs((long) scale) > WIDEST) {
            throw new NotUnderstoodException("a decimal with a scale of " + scale);
        }
        Object big = decimal.get("big");
        return big == null
                ? BigDecimal.valueOf((Long) decimal.get("unscaled"), scale)
                : new BigDecimal(new BigInteger(bytes((ByteBuffer) big)), scale);
    }

    static @Nullable BigDecimal orNull(@Nullable Object decimal) {
        return decimal == null ? null : of((GenericRecord) decimal);
    }

    /** Equal numbers have equal texts. */
    static @Nullable String text(@Nullable BigDecimal amount) {
        if (amount == null) {
            return null;
        }
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }

    private static byte[] bytes(ByteBuffer big) {
        byte[] bytes = new byte[big.remaining()];
        big.duplicate().get(bytes);
        return bytes;
    }
}
