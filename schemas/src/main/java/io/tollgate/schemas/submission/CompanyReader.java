package io.tollgate.schemas.submission;

import io.tollgate.schemas.serde.AvroGuards;
import io.tollgate.schemas.serde.RegistryException;
import io.tollgate.schemas.serde.SchemaIds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads the company off a submission and nothing else: it is the first field, so it stands right behind the header. A
 * record whose schema is otherwise has no company here. Bytes that break off further on do have one, and whoever counts
 * them or buries them must say the same, or the books of that company never balance again. Not thread-safe.
 */
public final class CompanyReader {
    private static final int HEADER = 1 + Integer.BYTES;
    /** No company has a name that long; a stranger's is cut alike for everybody. */
    private static final int LONGEST = 2 * SubmissionLimits.MAX_TEXT;

    static {
        AvroGuards.set();
    }

    private final SchemaIds ids;
    private final Map<Integer, Boolean> beginsWithCompany = new HashMap<>();
    private @Nullable BinaryDecoder decoder;

    public CompanyReader(SchemaIds ids) {
        this.ids = ids;
    }

    /**
     * The company under which a record's bytes are accepted.
     *
     * @return null if the bytes name no company
     * @throws RegistryException if the registry is needed and does not answer
     */
    public @Nullable String company(byte[] value) {
        if (value.length < HEADER
                || value[0] != 0
                || !begins(ByteBuffer.wrap(value).getInt(1))) {
            return null;
        }
        decoder = DecoderFactory.get().binaryDecoder(value, HEADER, value.length - HEADER, decoder);
        try {
            String company = decoder.readString();
            return company.length() > LONGEST ? company.substring(0, LONGEST) : company;
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException | UnsupportedOperationException e) {
            return null;
        }
    }

    private boolean begins(int schemaId) {
        Boolean known = beginsWithCompany.get(schemaId);
        if (known != null) {
            return known;
        }
        try {
            boolean found = beginsWithCompany(ids.schemaOf(schemaId));
            beginsWithCompany.put(schemaId, found);
            return found;
        } catch (RegistryException e) {
            if (!e.unknownSchema()) {
                throw e;
            }
            // Not for ever: the registry may be told of it yet.
            return false;
        }
    }

    private static boolean beginsWithCompany(Schema schema) {
        if (schema.getType() != Schema.Type.RECORD) {
            return false;
        }
        List<Schema.Field> fields = schema.getFields();
        return !fields.isEmpty()
                && fields.get(0).name().equals("company")
                && fields.get(0).schema().getType() == Schema.Type.STRING;
    }
}
