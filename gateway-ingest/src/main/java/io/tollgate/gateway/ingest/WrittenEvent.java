package io.tollgate.gateway.ingest;

import io.tollgate.avro.Submission;
import io.tollgate.gateway.http.Json;
import io.tollgate.gateway.http.Problem.FieldError;
import io.tollgate.gateway.mapping.Mappings;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;

/**
 * An event that an administrator has written, judged as one that comes with a key.
 *
 * @param submission null where the event is not taken
 * @param error null where it is
 */
public record WrittenEvent(@Nullable Submission submission, @Nullable FieldError error) {
    private static final JsonFactory FACTORY = Json.MAPPER.tokenStreamFactory();

    /**
     * Reads a CloudEvent.
     *
     * @param now epoch µs
     */
    public static WrittenEvent read(JsonNode event, String company, long now) {
        byte[] body = Json.MAPPER.writeValueAsBytes(event);
        Sender anybody = new Sender(company, "", null, Map.of(), true, true);
        try (JsonParser json = Json.MAPPER.createParser(body)) {
            json.nextToken();
            Verdict verdict =
                    new EventReader(new EventInput(FACTORY, body, json, ""), Mappings.NONE).read(anybody, now);
            if (verdict instanceof Verdict.Accepted accepted) {
                Submission submission = accepted.submission();
                submission.setAuthId(null);
                return new WrittenEvent(submission, null);
            }
            Rejection rejection = ((Verdict.Rejected) verdict).rejection();
            return new WrittenEvent(
                    null, new FieldError(rejection.pointer(), rejection.code().word(), rejection.detail()));
        }
    }
}
