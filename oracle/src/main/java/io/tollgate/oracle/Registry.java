package io.tollgate.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads records in Confluent's wire format (a zero, four bytes of schema id, Avro) by the schema that they were written
 * with. A schema is asked for once. Of one thread.
 */
final class Registry {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int HEADER = 5;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI address;
    private final Map<Integer, Optional<GenericDatumReader<GenericRecord>>> readers = new HashMap<>();
    private @Nullable BinaryDecoder decoder;

    Registry(URI address) {
        this.address = address;
    }

    /** Null where the bytes are no such record. */
    @Nullable
    GenericRecord read(byte @Nullable [] value) {
        if (value == null || value.length < HEADER || value[0] != 0) {
            return null;
        }
        Optional<GenericDatumReader<GenericRecord>> reader =
                readers.computeIfAbsent(ByteBuffer.wrap(value).getInt(1), this::readerOf);
        if (reader.isEmpty()) {
            return null;
        }
        try {
            BinaryDecoder in = DecoderFactory.get().binaryDecoder(value, HEADER, value.length - HEADER, decoder);
            decoder = in;
            GenericRecord record = reader.get().read(null, in);
            return in.isEnd() ? record : null;
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
            return null;
        }
    }

    /** Of a record that the system itself has written. */
    GenericRecord readOwn(String topic, byte[] value) {
        GenericRecord record = read(value);
        if (record == null) {
            throw new NotUnderstoodException("a record of " + topic + " that can't be read");
        }
        return record;
    }

    private Optional<GenericDatumReader<GenericRecord>> readerOf(int id) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/schemas/ids/" + id))
                .timeout(TIMEOUT)
                .header("Accept", "application/vnd.schemaregistry.v1+json, application/json")
                .build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() == 404) {
                return Optional.empty();
            }
            if (answer.statusCode() != 200) {
                throw new IOException("the registry answers " + answer.statusCode() + " to " + request.uri());
            }
            String schema =
                    JsonMapper.shared().readTree(answer.body()).get("schema").asString();
            return Optional.of(new GenericDatumReader<>(new Schema.Parser().parse(schema)));
        } catch (IOException e) {
            throw new UncheckedIOException("no schema " + id + " from " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }
}
