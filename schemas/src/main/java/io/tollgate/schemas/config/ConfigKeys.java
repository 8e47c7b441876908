package io.tollgate.schemas.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.avro.ClosedPeriod;
import io.tollgate.avro.ConfigVersion;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.avro.User;
import io.tollgate.schemas.CompositeKey;
import io.tollgate.schemas.PriceKey;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** Under which key each record of configuration lies, by what it says itself. */
public final class ConfigKeys {
    private static final String ID = "id";

    private ConfigKeys() {}

    /**
     * The key of a record.
     *
     * @throws IllegalArgumentException if records of its schema are no configuration
     */
    public static byte[] of(SpecificRecord value) {
        if (value instanceof PriceTimeline timeline) {
            return PriceKey.of(timeline);
        }
        if (value instanceof User user) {
            return ofUser(user.getCompany(), user.getId());
        }
        if (value instanceof ClosedPeriod period) {
            return period.getMonth().getBytes(UTF_8);
        }
        if (value instanceof ConfigVersion version) {
            return ofVersion(version.getNumber());
        }
        Schema.Field id = value.getSchema().getField(ID);
        if (id == null) {
            throw new IllegalArgumentException(value.getSchema().getFullName() + " is no configuration");
        }
        return value.get(id.pos()).toString().getBytes(UTF_8);
    }

    /** The key of what is known about a company's user. */
    public static byte[] ofUser(String company, String id) {
        return CompositeKey.of(company, id);
    }

    /** The key of a change's number. */
    public static byte[] ofVersion(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }
}
