package io.tollgate.gateway.ingest;

import io.tollgate.avro.ApiKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who sends: what a key says about the events that come with it.
 *
 * @param user every event is this user's, whatever it says; null: the event may name any of the company's
 * @param labels for the names that an event does not label itself
 */
public record Sender(
        String company,
        String authId,
        @Nullable String user,
        Map<String, String> labels,
        boolean mayIngest,
        boolean mayCorrect) {

    static Sender of(ApiKey key) {
        return new Sender(
                key.getCompany(),
                key.getId(),
                key.getUser(),
                key.getLabels(),
                key.getScopes().contains("ingest"),
                key.getScopes().contains("correct"));
    }
}
