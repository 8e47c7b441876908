package io.tollgate.schemas.submission;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Submission;
import io.tollgate.avro.Usage;
import io.tollgate.avro.VendorReading;
import io.tollgate.schemas.decimal.Decimals;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A submission as a person reads it, in the words of an event's {@code data}. Quantities are strings, exact. */
public final class SubmissionJson {
    private SubmissionJson() {}

    /** Without what a vendor's body was. */
    public static ObjectNode of(Submission submission) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("company", submission.getCompany());
        json.put("kind", word(submission.getKind()));
        json.put("source", submission.getSource());
        json.put("id", submission.getId());
        json.put("revision", submission.getRevision());
        json.put("correction_source", submission.getCorrectionSource());
        json.put("correction_id", submission.getCorrectionId());
        json.put("reason", submission.getReason());
        json.put("auth_id", submission.getAuthId());
        json.put("received_at", time(submission.getReceivedAt()));
        json.set("usage", submission.getUsage() == null ? null : json(submission.getUsage()));
        json.put("row", submission.getRow());
        return json;
    }

    private static ObjectNode json(Usage usage) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("event_time", usage.getEventTimeGiven() ? time(usage.getEventTime()) : null);
        json.put("provider", usage.getProvider());
        json.put("model", usage.getModel());
        json.put("request_model", usage.getRequestModel());
        json.put("operation", usage.getOperation());
        json.put("request_id", usage.getRequestId());
        json.put("service_tier", usage.getServiceTier());
        json.put("region", usage.getRegion());
        json.put("variant", usage.getVariant());
        json.put("speed", usage.getSpeed());
        json.put("user", usage.getUser());
        json.put("reservation", usage.getReservation());
        json.put("status", usage.getStatus());
        json.put("latency_ms", usage.getLatencyMs());
        json.put("billable", usage.getBillable());
        json.set("labels", JsonMapper.shared().valueToTree(usage.getLabels()));
        json.set("dimensions", quantities(usage.getDimensions()));
        VendorReading vendor = usage.getVendor();
        json.set(
                "vendor",
                vendor == null
                        ? null
                        : JsonMapper.shared()
                                .valueToTree(
                                        Map.of("format", vendor.getFormat(), "quality", word(vendor.getQuality()))));
        return json;
    }

    private static ObjectNode quantities(List<DimensionQuantity> counted) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        counted.forEach(one -> json.put(one.getDimension(), text(one.getQuantity())));
        return json;
    }

    private static String text(ExactDecimal quantity) {
        return SubmissionRules.isReadable(quantity)
                ? Decimals.fromAvro(quantity).toString()
                : "out of bounds";
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String time(long epochMicros) {
        return Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS).toString();
    }
}
