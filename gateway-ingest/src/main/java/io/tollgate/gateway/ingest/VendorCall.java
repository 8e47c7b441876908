package io.tollgate.gateway.ingest;

import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.avro.Usage;
import io.tollgate.schemas.submission.RejectionCode;
import io.tollgate.schemas.submission.SubmissionLimits;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the headers say of a call whose vendor's body is posted as it came.
 *
 * @param id of the event, the caller's own
 */
record VendorCall(String id, HttpHeaders headers) {
    /** Names the events' source; without it that is the key. */
    static final String SOURCE = "x-event-source";

    static final CallNames NAMES =
            new CallNames("Idempotency-Key", SOURCE, "x-user", "x-event-time", "x-provider", "x-model");

    static @Nullable String id(HttpHeaders headers) {
        String key = headers.get("idempotency-key");
        String id = key == null ? headers.get("x-event-id") : key;
        return id == null || id.isBlank() ? null : id;
    }

    String source(Sender sender) {
        String source = headers.get(SOURCE);
        return source == null || source.isBlank() ? sender.authId() : source;
    }

    @Nullable
    String user() {
        return headers.get("x-user");
    }

    @Nullable
    String time() {
        return headers.get("x-event-time");
    }

    /** What is said outright: a reading of the body fills in the rest. */
    Usage usage(EventInput input) {
        Usage usage = new Usage();
        usage.setBillable(true);
        usage.setProvider(text("x-provider", input));
        usage.setModel(text("x-model", input));
        usage.setRequestModel(text("x-request-model", input));
        usage.setRegion(text("x-region", input));
        usage.setServiceTier(text("x-service-tier", input));
        usage.setVariant(text("x-variant", input));
        usage.setReservation(text("x-reservation", input));
        Long status = number("x-status", SubmissionLimits.MAX_STATUS, input);
        usage.setStatus(status == null ? null : status.intValue());
        usage.setLatencyMs(number("x-latency-ms", SubmissionLimits.MAX_LATENCY_MS, input));
        usage.setLabels(labels(input));
        return usage;
    }

    private @Nullable String text(String header, EventInput input) {
        String text = headers.get(header);
        return text == null ? null : input.storable(text, "", header, SubmissionLimits.MAX_TEXT);
    }

    private @Nullable Long number(String header, long most, EventInput input) {
        String text = headers.get(header);
        if (text == null) {
            return null;
        }
        try {
            long number = Long.parseLong(text.strip());
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as a number out of bounds is.
        }
        input.reject(
                RejectionCode.INVALID_EVENT,
                header + " " + Texts.shown(text) + " must be a whole number from 0 to " + most);
        return null;
    }

    /** {@code team=search,env=prod}. */
    private Map<String, String> labels(EventInput input) {
        String text = headers.get("x-labels");
        Map<String, String> labels = new HashMap<>();
        if (text == null || text.isBlank()) {
            return labels;
        }
        for (String label : text.split(",", -1)) {
            int equals = label.indexOf('=');
            String name = equals < 0 ? "" : label.substring(0, equals).strip();
            if (name.isEmpty() || name.length() > SubmissionLimits.MAX_NAME || labels.containsKey(name)) {
                input.reject(
                        RejectionCode.INVALID_EVENT,
                        "x-labels " + Texts.shown(text) + " must be name=value,name=value, each name once");
                return labels;
            }
            String value =
                    input.storable(label.substring(equals + 1).strip(), "", "x-labels", SubmissionLimits.MAX_TEXT);
            if (value != null) {
                labels.put(name, value);
            }
        }
        if (labels.size() > SubmissionLimits.MAX_LABELS) {
            input.reject(RejectionCode.INVALID_EVENT, "more than " + SubmissionLimits.MAX_LABELS + " labels");
        }
        return labels;
    }
}
