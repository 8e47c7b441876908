package io.tollgate.bench.load;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.Submission;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.avro.Usage;
import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.Fingerprint;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One call of a model.
 *
 * @param time whole milliseconds
 * @param dimensions in the order in which they are written
 */
public record UsageEvent(
        String company,
        String authId,
        String id,
        Instant time,
        String user,
        String provider,
        String model,
        String operation,
        String requestId,
        List<Quantity> dimensions,
        int status,
        long latencyMs,
        String team) {
    public static final String SOURCE = "inference-router";

    /** How much of one dimension, as the client writes it. */
    public record Quantity(String dimension, String amount) {}

    /** The same call under another id, at another time. */
    public UsageEvent named(String otherId, Instant otherTime) {
        return new UsageEvent(
                company,
                authId,
                otherId,
                otherTime,
                user,
                provider,
                model,
                operation,
                requestId,
                dimensions,
                status,
                latencyMs,
                team);
    }

    /** The CloudEvent that a client posts. */
    public void appendJson(StringBuilder json) {
        json.append("{\"specversion\":\"1.0\",\"id\":\"").append(id);
        json.append("\",\"source\":\"").append(SOURCE);
        json.append("\",\"type\":\"tollgate.usage.v1\",\"subject\":\"").append(user);
        json.append("\",\"time\":\"").append(time);
        json.append("\",\"data\":{\"provider\":\"").append(provider);
        json.append("\",\"model\":\"").append(model);
        json.append("\",\"operation\":\"").append(operation);
        json.append("\",\"request_id\":\"").append(requestId);
        json.append("\",\"dimensions\":{");
        for (int i = 0; i < dimensions.size(); i++) {
            Quantity quantity = dimensions.get(i);
            json.append(i == 0 ? "\"" : ",\"").append(quantity.dimension());
            json.append("\":").append(quantity.amount());
        }
        json.append("},\"service_tier\":\"standard\",\"status\":").append(status);
        json.append(",\"latency_ms\":").append(latencyMs);
        json.append(",\"labels\":{\"team\":\"").append(team).append("\"}}}");
    }

    /** What the gateway makes of that, and the record's value in {@code usage.events}. */
    public Submission submission() {
        Usage usage = new Usage();
        usage.setEventTime(micros());
        usage.setEventTimeGiven(true);
        usage.setProvider(provider);
        usage.setModel(model);
        usage.setOperation(operation);
        usage.setRequestId(requestId);
        usage.setServiceTier("standard");
        usage.setUser(user);
        usage.setStatus(status);
        usage.setLatencyMs(latencyMs);
        usage.setBillable(true);
        usage.setLabels(Map.of("team", team));
        usage.setDimensions(quantities());
        Submission submission = new Submission(
                company, SubmissionKind.USAGE, SOURCE, id, 0L, 1, null, null, null, authId, micros(), usage, null);
        submission.setFingerprint(Fingerprint.of(submission));
        return submission;
    }

    /** The record's key. */
    public byte[] hash() {
        return EventHash.of(company, SOURCE, id);
    }

    private List<DimensionQuantity> quantities() {
        List<DimensionQuantity> quantities = new ArrayList<>(dimensions.size());
        for (Quantity quantity : dimensions) {
            quantities.add(
                    new DimensionQuantity(quantity.dimension(), Decimals.toAvro(Decimal.parse(quantity.amount()))));
        }
        return quantities;
    }

    private long micros() {
        return time.toEpochMilli() * 1_000;
    }
}
