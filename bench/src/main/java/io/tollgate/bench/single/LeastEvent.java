package io.tollgate.bench.single;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Submission;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.avro.Usage;
import io.tollgate.bench.process.EventTopic.Message;
import io.tollgate.gateway.ingest.Timestamps;
import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.Fingerprint;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.serde.AvroCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads a CloudEvent of a usage in one pass and checks nothing: bytes that are none are an exception, or nonsense. */
final class LeastEvent {
    private static final JsonFactory JSON = new JsonFactory();

    private LeastEvent() {}

    /** Whose it is. */
    record Caller(String company, String authId) {}

    /** The record that the gateway would write. */
    static Message record(byte[] body, Caller caller, long now, AvroCodec<Submission> codec) {
        Submission submission = submission(body, caller, now);
        byte[] key = EventHash.of(submission.getCompany(), submission.getSource(), submission.getId());
        return new Message(key, codec.encode(submission));
    }

    /** @param now epoch µs */
    static Submission submission(byte[] body, Caller caller, long now) {
        Submission submission = new Submission(
                caller.company(),
                SubmissionKind.USAGE,
                "",
                "",
                0L,
                1,
                null,
                null,
                null,
                caller.authId(),
                now,
                null,
                null);
        Usage usage = new Usage();
        usage.setBillable(true);
        usage.setLabels(Map.of());
        usage.setEventTime(now);
        submission.setUsage(usage);
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
            json.nextToken();
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                json.nextToken();
                switch (name) {
                    case "id" -> submission.setId(json.getString());
                    case "source" -> submission.setSource(json.getString());
                    case "subject" -> usage.setUser(json.getString());
                    case "time" -> {
                        usage.setEventTime(Timestamps.parse(json.getString()));
                        usage.setEventTimeGiven(true);
                    }
                    case "data" -> read(json, usage);
                    default -> json.skipChildren();
                }
            }
        }
        submission.setFingerprint(Fingerprint.of(submission));
        return submission;
    }

    private static void read(JsonParser json, Usage usage) {
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            switch (name) {
                case "provider" -> usage.setProvider(json.getString());
                case "model" -> usage.setModel(json.getString());
                case "operation" -> usage.setOperation(json.getString());
                case "request_id" -> usage.setRequestId(json.getString());
                case "service_tier" -> usage.setServiceTier(json.getString());
                case "status" -> usage.setStatus(json.getIntValue());
                case "latency_ms" -> usage.setLatencyMs(json.getLongValue());
                case "dimensions" -> usage.setDimensions(dimensions(json));
                case "labels" -> usage.setLabels(labels(json));
                default -> json.skipChildren();
            }
        }
    }

    private static List<DimensionQuantity> dimensions(JsonParser json) {
        List<DimensionQuantity> quantities = new ArrayList<>(4);
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            quantities.add(new DimensionQuantity(name, quantity(json)));
        }
        return quantities;
    }

    private static ExactDecimal quantity(JsonParser json) {
        return json.nextToken() == JsonToken.VALUE_NUMBER_INT
                ? new ExactDecimal(json.getLongValue(), 0, null)
                : Decimals.toAvro(Decimal.parse(json.getString()));
    }

    private static Map<String, String> labels(JsonParser json) {
        Map<String, String> labels = new HashMap<>();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            labels.put(name, json.getString());
        }
        return labels;
    }
}
