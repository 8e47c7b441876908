package io.tollgate.gateway.ingest;

import io.tollgate.avro.Usage;
import io.tollgate.gateway.format.BodyReader;
import io.tollgate.gateway.format.Formats;
import io.tollgate.gateway.format.UsageFormat;
import io.tollgate.schemas.submission.RejectionCode;
import io.tollgate.schemas.submission.SubmissionLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The members of a {@code tollgate.response.v1}'s data that a usage has not: a format's name, and a vendor's own JSON. */
final class ResponseReader {
    private final EventInput input;
    private final String parent;
    private @Nullable String format;
    private EventInput.@Nullable Stretch body;
    private boolean formatSeen;

    /** @param parent pointer to the data within the event */
    ResponseReader(EventInput input, String parent) {
        this.input = input;
        this.parent = parent;
    }

    /** Reads a member's value if it is one of these. */
    boolean takes(String name) {
        switch (name) {
            case "format" -> format(name);
            case "response", "chunks" -> body(name);
            case "dimensions" -> {
                input.skip();
                input.reject(
                        RejectionCode.INVALID_EVENT,
                        parent,
                        name,
                        "dimensions are read from the response; who counts them sends tollgate.usage.v1");
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void format(String name) {
        if (formatSeen) {
            input.rejectTwice(parent, name);
            return;
        }
        formatSeen = true;
        format = input.text(parent, name, SubmissionLimits.MAX_TEXT);
    }

    private void body(String name) {
        if (body != null) {
            input.skip();
            input.reject(
                    RejectionCode.INVALID_EVENT, parent, name, "there is one response, or one list of chunks, once");
            return;
        }
        JsonParser json = input.json();
        JsonToken first = json.nextToken();
        if (first == JsonToken.START_ARRAY && name.equals("response")) {
            json.skipChildren();
            input.reject(
                    RejectionCode.INVALID_EVENT,
                    parent,
                    name,
                    "response is one body; a stream's events go into chunks, and each call is an event of its own");
        } else if (first.isStructStart()) {
            body = input.stepOver();
        } else {
            json.skipChildren();
            input.reject(RejectionCode.INVALID_EVENT, parent, name, name + " must be the vendor's JSON as it came");
        }
    }

    /** Called when all members have been read: what the data itself says is in the usage already, and wins. */
    void fill(Usage usage) {
        UsageFormat found = format == null ? null : Formats.named(format);
        if (found == null) {
            input.reject(
                    RejectionCode.UNKNOWN_FORMAT,
                    parent,
                    "format",
                    (format == null ? "format is missing" : "format " + Texts.shown(format) + " is not known")
                            + "; known are " + Formats.names());
            usage.setDimensions(List.of());
            return;
        }
        if (body == null) {
            input.reject(
                    RejectionCode.INVALID_EVENT,
                    parent,
                    "response",
                    "response is missing: the vendor's body as it came, or chunks, an array of a stream's events");
            usage.setDimensions(List.of());
            return;
        }
        input.readAgain(body, () -> VendorUsage.fill(usage, found, BodyReader.read(input.json(), found)));
    }
}
