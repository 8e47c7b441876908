package io.tollgate.usageapi.dead;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.Submission;
import io.tollgate.avro.Usage;
import io.tollgate.avro.VendorReading;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.RegistryException;
import io.tollgate.schemas.serde.SchemaIds;
import io.tollgate.schemas.serde.UnreadableRecordException;
import io.tollgate.schemas.topic.Topics;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The bytes of a dead letter's original, as a person can read them. */
@Component
final class Originals {
    private final AvroCodec<Submission> codec;

    Originals(SchemaIds ids) {
        codec = AvroCodec.reading(Topics.USAGE_EVENTS, ids);
    }

    /** The submission that they are; null where they are none, or can't be read now. */
    @Nullable
    JsonNode submission(byte[] original) {
        try {
            return json(codec.decode(original));
        } catch (UnreadableRecordException | RegistryException e) {
            return null;
        }
    }

    private static JsonNode json(Submission submission) {
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

    private static JsonNode json(Usage usage) {
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

    private static JsonNode quantities(List<DimensionQuantity> counted) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        counted.forEach(one -> json.put(
                one.getDimension(), Decimals.fromAvro(one.getQuantity()).toString()));
        return json;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String time(long epochMicros) {
        return Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS).toString();
    }
}
