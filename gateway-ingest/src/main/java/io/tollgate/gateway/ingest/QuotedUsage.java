package io.tollgate.gateway.ingest;

import io.tollgate.avro.Usage;
import io.tollgate.gateway.http.Json;
import io.tollgate.gateway.http.Problem.FieldError;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.json.JsonFactory;

/**
 * The usage of an event's data that is to be priced and not stored, read as an event's is.
 *
 * @param error null where the usage is good
 */
public record QuotedUsage(Usage usage, @Nullable FieldError error) {
    private static final JsonFactory FACTORY = Json.MAPPER.tokenStreamFactory();

    /**
     * Reads an object that is known to be JSON. Members that are no part of a usage are passed over.
     *
     * @param isResponse whether it has a vendor's body in place of dimensions
     */
    public static QuotedUsage read(byte[] body, boolean isResponse) {
        try (JsonParser json = Json.MAPPER.createParser(body)) {
            json.nextToken();
            EventInput input = new EventInput(FACTORY, body, json, "");
            ResponseReader response = isResponse ? new ResponseReader(input, "") : null;
            Usage usage = new UsageReader(input, "", response).read();
            Rejection rejection = input.rejection();
            return new QuotedUsage(
                    usage,
                    rejection == null
                            ? null
                            : new FieldError(
                                    rejection.pointer(), rejection.code().word(), rejection.detail()));
        }
    }
}
