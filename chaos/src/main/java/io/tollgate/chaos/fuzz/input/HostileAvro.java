package io.tollgate.chaos.fuzz.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * A record of a schema, well encoded, with values that no producer of ours would write: each by itself is legal Avro. A
 * field that is given comes out as given.
 */
final class HostileAvro {
    private static final String DECIMAL = "ExactDecimal";
    private static final long DAY = 86_400_000_000L;
    private static final long YEAR_1 = -62_135_596_800_000_000L;
    private static final long YEAR_292000 = 9_152_000_000_000_000_000L;
    private static final int MANY = 3_000;
    /** What one record may come to, or the broker would refuse it. */
    private static final int MOST_BYTES = 900_000;

    private final Draw draw;
    private final long now;
    private final Map<String, ?> given;
    /** One field in so many is strange. */
    private final int strangeOneIn;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);

    private HostileAvro(Draw draw, long now, Map<String, ?> given, int strangeOneIn) {
        this.draw = draw;
        this.now = now;
        this.given = given;
        this.strangeOneIn = strangeOneIn;
    }

    /**
     * One record.
     *
     * @param now epoch µs, what a time is that is not strange
     * @param given values of the outermost record's fields, texts and longs
     */
    static byte[] of(Draw draw, Schema schema, long now, Map<String, ?> given) {
        HostileAvro avro = new HostileAvro(draw, now, given, draw.one(List.of(1, 4, 20, 60)));
        try {
            avro.record(schema, true);
            avro.out.flush();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return avro.bytes.toByteArray();
    }

    private boolean isStrange() {
        return bytes.size() < MOST_BYTES && draw.oneIn(strangeOneIn);
    }

    private void record(Schema schema, boolean outermost) throws IOException {
        if (schema.getName().equals(DECIMAL)) {
            decimal();
            return;
        }
        for (Schema.Field field : schema.getFields()) {
            write(field.schema(), field.name(), outermost ? given.get(field.name()) : null);
        }
    }

    private void write(Schema schema, String name, @Nullable Object fixed) throws IOException {
        switch (schema.getType()) {
            case RECORD -> record(schema, false);
            case UNION -> union(schema, name, fixed);
            case STRING -> string(fixed == null ? null : fixed.toString());
            case LONG -> out.writeLong(fixed instanceof Long number ? number : time(name));
            case INT ->
                out.writeInt(isStrange() ? draw.one(List.of(Integer.MIN_VALUE, Integer.MAX_VALUE, -1)) : draw.below(5));
            case BOOLEAN -> out.writeBoolean(draw.oneIn(2));
            case BYTES -> out.writeBytes(ByteBuffer.wrap(draw.bytes(isStrange() ? draw.below(2_000) : 32)));
            case ENUM -> out.writeEnum(draw.below(schema.getEnumSymbols().size()));
            case ARRAY -> items(schema.getElementType(), name, false);
            case MAP -> items(schema.getValueType(), name, true);
            default -> throw new IllegalStateException("no schema of ours has a " + schema.getType());
        }
    }

    private void union(Schema schema, String name, @Nullable Object fixed) throws IOException {
        List<Schema> types = schema.getTypes();
        int type = fixed == null ? draw.below(types.size()) : 1;
        out.writeIndex(type);
        if (types.get(type).getType() != Schema.Type.NULL) {
            write(types.get(type), name, fixed);
        }
    }

    private void items(Schema schema, String name, boolean named) throws IOException {
        int count = isStrange() && draw.oneIn(4) ? MANY : draw.below(4);
        out.writeArrayStart();
        out.setItemCount(count);
        for (int i = 0; i < count; i++) {
            out.startItem();
            if (named) {
                string("label-" + i);
            }
            write(schema, name, null);
        }
        out.writeArrayEnd();
    }

    private void string(@Nullable String fixed) throws IOException {
        if (fixed != null || !isStrange()) {
            out.writeString(fixed == null ? draw.one(List.of("usd", "USD", "UTC", "name-" + draw.below(9))) : fixed);
        } else if (draw.oneIn(5)) {
            byte[] raw = draw.bytes(draw.below(20));
            out.writeBytes(raw);
        } else if (draw.oneIn(1_000)) {
            out.writeBytes("y".repeat(MOST_BYTES - bytes.size()).getBytes(StandardCharsets.UTF_8));
        } else {
            out.writeBytes(HostileText.of(draw).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Of a moment, a count, an offset: what else is a long. */
    private long time(String name) {
        if (!isStrange()) {
            return name.endsWith("_at") || name.contains("time") || name.contains("window") ? now : draw.below(1_000);
        }
        return draw.one(List.of(
                0L,
                -1L,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                YEAR_1,
                -YEAR_1,
                YEAR_292000,
                now + DAY,
                now - 400 * DAY,
                draw.any()));
    }

    private void decimal() throws IOException {
        boolean strange = isStrange();
        out.writeLong(strange ? draw.one(List.of(-1L, Long.MIN_VALUE, Long.MAX_VALUE, 0L)) : draw.below(1_000));
        out.writeInt(
                strange
                        ? draw.one(List.of(
                                -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 13, 65, 1_001, 1_000_000_000, -999_999))
                        : draw.below(3));
        boolean big = strange && draw.oneIn(2);
        out.writeIndex(big ? 1 : 0);
        if (big) {
            out.writeBytes(ByteBuffer.wrap(
                    switch (draw.below(4)) {
                        case 0 -> new byte[0];
                        case 1 -> BigInteger.TEN.pow(60).toByteArray();
                        case 2 -> draw.bytes(5_000);
                        default -> draw.bytes(16);
                    }));
        }
    }
}
