package io.tollgate.schemas.serde;

import io.tollgate.schemas.topic.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the values of one topic in the Confluent wire format, with an encoder and a buffer that each thread
 * reuses. The writer's id is settled when the codec is made; a reader asks the registry once for each id that it meets.
 * Thread-safe.
 */
public final class AvroCodec<T extends SpecificRecord> implements Serde<T>, Serializer<T>, Deserializer<T> {
    private static final byte MAGIC = 0;
    private static final int HEADER = 1 + Integer.BYTES;
    /** Registries count from 1. */
    private static final int NO_SCHEMA = 0;

    private static final int NO_WRITER = -1;

    static {
        AvroGuards.set();
    }

    private final int writerId;
    private final Schema schema;
    private final SchemaIds ids;
    private final @Nullable DecimalFields decimals;
    private final Map<Integer, SpecificDatumReader<T>> readers = new ConcurrentHashMap<>();
    private final ThreadLocal<Scratch<T>> scratch;

    private AvroCodec(int writerId, Schema schema, SchemaIds ids) {
        this.writerId = writerId;
        this.schema = schema;
        this.ids = ids;
        this.decimals = DecimalFields.of(schema);
        this.scratch = ThreadLocal.withInitial(() -> new Scratch<>(schema));
    }

    /**
     * The codec of a topic's values.
     *
     * @throws RegistryException if the registry can't be reached or refuses the schema
     */
    public static <T extends SpecificRecord> AvroCodec<T> of(Topic topic, SchemaIds ids) {
        return new AvroCodec<>(ids.idFor(topic.subject(), topic.value()), topic.value(), ids);
    }

    /** The codec of who only reads a topic: the registry is asked for what others wrote, and not before. */
    public static <T extends SpecificRecord> AvroCodec<T> reading(Topic topic, SchemaIds ids) {
        return new AvroCodec<>(NO_WRITER, topic.value(), ids);
    }

    /** The record behind its five bytes of header. */
    public byte[] encode(T value) {
        if (writerId == NO_WRITER) {
            throw new IllegalStateException("this codec of " + schema.getName() + " only reads");
        }
        Scratch<T> own = scratch.get();
        try {
            own.bytes.reset();
            own.bytes.write(MAGIC);
            own.bytes.write(writerId >>> 24);
            own.bytes.write(writerId >>> 16);
            own.bytes.write(writerId >>> 8);
            own.bytes.write(writerId);
            own.encoder = EncoderFactory.get().binaryEncoder(own.bytes, own.encoder);
            own.writer.write(value, own.encoder);
            own.encoder.flush();
            return own.bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
    }

    /**
     * The record that the bytes hold.
     *
     * @throws UnreadableRecordException if there are none, or they hold none: no header, an id that the registry does not
     *     know, other content
     * @throws RegistryException if the registry is needed and does not answer; the bytes may be fine
     */
    public T decode(byte @Nullable [] bytes) {
        if (bytes == null) {
            throw new UnreadableRecordException("no Avro record: no value", null);
        }
        if (bytes.length < HEADER || bytes[0] != MAGIC) {
            throw new UnreadableRecordException(
                    "no Avro record: " + bytes.length + " bytes that do not begin with a 0 and a schema id", null);
        }
        SpecificDatumReader<T> reader = reader(ByteBuffer.wrap(bytes).getInt(1));
        Scratch<T> own = scratch.get();
        own.decoder = DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, own.decoder);
        T record;
        try {
            record = reader.read(null, own.decoder);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Avro has no one exception for bytes that make no sense: what it meets first decides, and a stranger's
            // schema may nest as deep as its bytes say.
            throw new UnreadableRecordException("no " + schema.getName() + ": " + e, e);
        }
        if (decimals != null && !decimals.areReadable(record)) {
            throw new UnreadableRecordException("no " + schema.getName() + ": a number that is absurdly long", null);
        }
        return record;
    }

    /**
     * The record that the bytes hold; null where {@link #decode} can't read them.
     *
     * @throws RegistryException if the registry is needed and does not answer; the bytes may be fine
     */
    public @Nullable T decodeOrNull(byte @Nullable [] bytes) {
        try {
            return decode(bytes);
        } catch (UnreadableRecordException e) {
            return null;
        }
    }

    private SpecificDatumReader<T> reader(int id) {
        SpecificDatumReader<T> known = readers.get(id);
        if (known != null) {
            return known;
        }
        if (id <= NO_SCHEMA) {
            throw new UnreadableRecordException("there is no schema " + id, null);
        }
        Schema written;
        try {
            written = ids.schemaOf(id);
        } catch (RegistryException e) {
            if (e.unknownSchema()) {
                throw new UnreadableRecordException("schema " + id + " is not in the registry", e);
            }
            throw e;
        }
        SpecificDatumReader<T> reader = new SpecificDatumReader<>(written, schema);
        readers.put(id, reader);
        return reader;
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T value) {
        return value == null ? null : encode(value);
    }

    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
        return bytes == null ? null : decode(bytes);
    }

    @Override
    public Serializer<T> serializer() {
        return this;
    }

    @Override
    public Deserializer<T> deserializer() {
        return this;
    }

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {}

    @Override
    public void close() {}

    private static final class Scratch<T> {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        final SpecificDatumWriter<T> writer;

        @Nullable
        BinaryEncoder encoder;

        @Nullable
        BinaryDecoder decoder;

        Scratch(Schema schema) {
            writer = new SpecificDatumWriter<>(schema);
            // Off by default. The generated coders write the same bytes in a third of the time.
            writer.getSpecificData().setCustomCoders(true);
        }
    }
}
