package io.tollgate.connect;

import io.tollgate.schemas.serde.AvroGuards;
import io.tollgate.schemas.serde.RegistryAddress;
import io.tollgate.schemas.serde.RegistryException;
import io.tollgate.schemas.serde.SchemaIds;
import io.tollgate.schemas.serde.SchemaRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro in the Confluent wire format by any registry with Confluent's API, for sinks. Its settings are named as those of
 * Confluent's converter, and so is what comes out of it: one can stand in the other's place. It reads only.
 *
 * <p>Bytes that are no such record are a {@link DataException}, which Connect can pass over or keep; a registry that does not
 * answer is one that Connect tries again.
 */
public final class AvroConverter implements Converter {
    static final String URL = "schema.registry.url";
    static final String USER = "basic.auth.user.info";
    static final String CA = "schema.registry.ca";

    private static final ConfigDef SETTINGS = new ConfigDef()
            .define(
                    URL,
                    ConfigDef.Type.STRING,
                    Importance.HIGH,
                    "Base of the registry's Confluent API: http://host:port/apis/ccompat/v7")
            .define(
                    USER,
                    ConfigDef.Type.PASSWORD,
                    null,
                    Importance.MEDIUM,
                    "user:password, where the registry wants one")
            .define(
                    CA,
                    ConfigDef.Type.STRING,
                    null,
                    Importance.LOW,
                    "File of PEM certificates of who has signed the registry's");

    private static final byte MAGIC = 0;
    private static final int HEADER = 1 + Integer.BYTES;

    static {
        AvroGuards.set();
    }

    private final Map<Integer, Written> known = new HashMap<>();
    private @Nullable SchemaIds ids;

    /** Connect makes it so, and configures it. */
    public AvroConverter() {}

    AvroConverter(SchemaIds ids) {
        this.ids = ids;
    }

    /** How records of one schema are read. */
    private record Written(
            GenericDatumReader<Object> reader, Schema avro, org.apache.kafka.connect.data.Schema connect) {}

    @Override
    public ConfigDef config() {
        return SETTINGS;
    }

    @Override
    public String version() {
        return Plugin.version();
    }

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
        AbstractConfig config = new AbstractConfig(SETTINGS, settings, false);
        Password user = config.getPassword(USER);
        String[] account = user == null ? new String[0] : user.value().split(":", 2);
        String ca = config.getString(CA);
        ids = new SchemaRegistry(RegistryAddress.of(
                config.getString(URL),
                account.length == 2 ? account[0] : null,
                account.length == 2 ? account[1] : null,
                ca == null ? null : Path.of(ca)));
    }

    @Override
    public SchemaAndValue toConnectData(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return SchemaAndValue.NULL;
        }
        if (bytes.length < HEADER || bytes[0] != MAGIC) {
            throw new DataException(
                    topic + ": no Avro record, " + bytes.length + " bytes that do not begin with a 0 and a schema id");
        }
        Written written = written(topic, ByteBuffer.wrap(bytes).getInt(1));
        try {
            Object value = written.reader.read(
                    null, DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, null));
            return new SchemaAndValue(written.connect, ConnectValues.of(written.avro, written.connect, value));
        } catch (IOException | RuntimeException e) {
            // Avro has no one exception for bytes that make no sense: what it meets first decides.
            throw new DataException(topic + ": no " + written.avro.getFullName() + ": " + e, e);
        }
    }

    private Written written(String topic, int id) {
        Written before = known.get(id);
        if (before != null) {
            return before;
        }
        if (ids == null) {
            throw new IllegalStateException("not configured");
        }
        Schema avro;
        try {
            avro = ids.schemaOf(id);
        } catch (RegistryException e) {
            throw e.unknownSchema()
                    ? new DataException(topic + ": schema " + id + " is not in the registry", e)
                    : new RetriableException(e.getMessage(), e);
        }
        Written written = new Written(new GenericDatumReader<>(avro), avro, ConnectSchemas.of(avro));
        known.put(id, written);
        return written;
    }

    @Override
    public byte[] fromConnectData(
            String topic, org.apache.kafka.connect.data.@Nullable Schema schema, @Nullable Object value) {
        throw new DataException("this converter reads only: it is for sinks");
    }
}
