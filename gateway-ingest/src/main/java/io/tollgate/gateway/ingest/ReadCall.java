package io.tollgate.gateway.ingest;

import io.tollgate.avro.Usage;
import io.tollgate.gateway.format.UsageFormat;
import io.tollgate.schemas.submission.RejectionCode;
import io.tollgate.schemas.submission.SubmissionLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A call whose usage is yet to be read from what its vendor or its instrumentation said: an event to be.
 *
 * @param time RFC 3339; null: none
 * @param usage what is said outright, which wins; without user and time
 * @param chunks what the format has kept of the body
 */
public record ReadCall(
        String source,
        String id,
        @Nullable String user,
        @Nullable String time,
        Usage usage,
        UsageFormat format,
        List<JsonNode> chunks) {

    /**
     * Reads what was used, and judges it as any event is judged.
     *
     * @param pointer to it in its request
     * @param now epoch µs
     */
    public Verdict verdict(CallNames names, String pointer, Sender sender, long now) {
        return verdict(names, new Objections(pointer), sender, now);
    }

    Verdict verdict(CallNames names, Objections objections, Sender sender, long now) {
        String storedId = storable(id, names.id(), objections);
        String storedSource = storable(source, names.source(), objections);
        String storedUser = user == null ? null : storable(user, names.user(), objections);
        VendorUsage.fill(usage, format, chunks);
        VendorUsage.require(usage, names, objections);
        if (!sender.mayIngest()) {
            objections.reject(RejectionCode.SCOPE_MISSING, "the key lacks the scope 'ingest'");
        }
        return new Event(
                        sender,
                        objections,
                        String.valueOf(storedSource),
                        String.valueOf(storedId),
                        storedUser,
                        time,
                        names.time(),
                        now)
                .verdict(storedId, usage, null);
    }

    private static @Nullable String storable(String text, String name, Objections objections) {
        return objections.storable(text, "", name, SubmissionLimits.MAX_TEXT);
    }
}
