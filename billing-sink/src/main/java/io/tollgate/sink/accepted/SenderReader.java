package io.tollgate.sink.accepted;

import io.tollgate.schemas.serde.SchemaIds;
import io.tollgate.schemas.submission.CompanyReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads a submission's company and key and passes over what lies between them; what follows, its usage, is not looked at. The
 * company is read as everybody reads it who counts or buries submissions. Not thread-safe.
 */
final class SenderReader {
    private static final int HEADER = 1 + Integer.BYTES;
    private static final String KEY = "auth_id";

    private final SchemaIds ids;
    private final CompanyReader companies;
    /** By schema id: the fields up to the key's, that one included; none where there is no such field. */
    private final Map<Integer, List<Schema>> upToKey = new HashMap<>();

    private @Nullable BinaryDecoder decoder;

    SenderReader(SchemaIds ids) {
        this.ids = ids;
        companies = new CompanyReader(ids);
    }

    /** @throws io.tollgate.schemas.serde.RegistryException if the registry is needed and does not answer */
    Sender sender(byte[] value) {
        String company = companies.company(value);
        return new Sender(company, company == null ? null : authId(value));
    }

    private @Nullable String authId(byte[] value) {
        int schemaId = ByteBuffer.wrap(value).getInt(1);
        List<Schema> fields = upToKey.get(schemaId);
        if (fields == null) {
            fields = upToKey(ids.schemaOf(schemaId));
            upToKey.put(schemaId, fields);
        }
        if (fields.isEmpty()) {
            return null;
        }
        decoder = DecoderFactory.get().binaryDecoder(value, HEADER, value.length - HEADER, decoder);
        try {
            int last = fields.size() - 1;
            for (int field = 0; field < last; field++) {
                GenericDatumReader.skip(fields.get(field), decoder);
            }
            Schema key = fields.get(last);
            Schema written = key.isUnion() ? key.getTypes().get(decoder.readIndex()) : key;
            return written.getType() == Schema.Type.STRING ? decoder.readString() : null;
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException | UnsupportedOperationException e) {
            return null;
        }
    }

    private static List<Schema> upToKey(Schema submission) {
        Schema.Field key = submission.getField(KEY);
        return key == null
                ? List.of()
                : submission.getFields().subList(0, key.pos() + 1).stream()
                        .map(Schema.Field::schema)
                        .toList();
    }
}
