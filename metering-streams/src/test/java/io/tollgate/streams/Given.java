package io.tollgate.streams;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.PriceItem;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.avro.Submission;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.avro.Usage;
import io.tollgate.schemas.Fingerprint;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Submissions and prices for tests: one company, one priced model, input at 0.0000025 and output at 0.00001. */
public final class Given {
    public static final String COMPANY = "acme";
    public static final String SOURCE = "search";
    public static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    public static final String INPUT_PRICE = "0.0000025";
    public static final String OUTPUT_PRICE = "0.00001";

    private Given() {}

    public static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /** A usage of the priced model, ten minutes before {@link #NOW}. */
    public static Submission usage(String id, long input, long output) {
        return usage(id, usageOf("gpt-4o", Map.of("input", Long.toString(input), "output", Long.toString(output))));
    }

    public static Submission usage(String id, Usage usage) {
        Submission submission = submission(SubmissionKind.USAGE, id);
        submission.setUsage(usage);
        submission.setAuthId("key_1");
        submission.setFingerprint(Fingerprint.of(submission));
        return submission;
    }

    public static Submission amend(String id, int revision, long input, long output) {
        Submission submission = submission(SubmissionKind.AMEND, id);
        submission.setRevision(revision);
        Usage usage = usageOf("gpt-4o", Map.of("input", Long.toString(input), "output", Long.toString(output)));
        usage.setEventTimeGiven(false);
        usage.setEventTime(micros(NOW));
        usage.setUser(null);
        usage.setLabels(Map.of());
        usage.setLatencyMs(null);
        submission.setUsage(usage);
        return corrected(submission, "amend-" + id + "-" + revision);
    }

    public static Submission voiding(String id) {
        return corrected(submission(SubmissionKind.VOID, id), "void-" + id);
    }

    public static Submission rerating(String id) {
        return corrected(submission(SubmissionKind.RERATE, id), "rerate-" + id);
    }

    public static Usage usageOf(String model, Map<String, String> dimensions) {
        Usage usage = new Usage();
        usage.setEventTime(micros(NOW.minus(10, ChronoUnit.MINUTES)));
        usage.setEventTimeGiven(true);
        usage.setProvider("openai");
        usage.setModel(model);
        usage.setUser("user-42");
        usage.setLatencyMs(812L);
        usage.setBillable(true);
        usage.setLabels(Map.of("team", "search"));
        usage.setDimensions(new TreeMap<>(dimensions)
                .entrySet().stream()
                        .map(counted -> new DimensionQuantity(counted.getKey(), decimal(counted.getValue())))
                        .toList());
        return usage;
    }

    public static ExactDecimal decimal(String value) {
        return Decimals.toAvro(Decimal.parse(value));
    }

    /** The model's prices, from long ago. */
    public static PriceTimeline prices(String model, long version, String input, String output) {
        return PriceTimeline.newBuilder()
                .setProvider("openai")
                .setModel(model)
                .setVersion(version)
                .setChangedAt(micros(NOW))
                .setItems(List.of(
                        item(model + "-in-" + version, "input", input),
                        item(model + "-out-" + version, "output", output)))
                .build();
    }

    public static PriceTimeline prices() {
        return prices("gpt-4o", 1, INPUT_PRICE, OUTPUT_PRICE);
    }

    private static PriceItem item(String id, String dimension, String price) {
        return PriceItem.newBuilder()
                .setId(id)
                .setDimension(dimension)
                .setUnit("token")
                .setUnitPrice(decimal(price))
                .setCurrency("USD")
                .setTierFrom(decimal("0"))
                .setEffectiveFrom(0)
                .setRecordedAt(0)
                .build();
    }

    private static Submission submission(SubmissionKind kind, String id) {
        Submission submission = new Submission();
        submission.setCompany(COMPANY);
        submission.setKind(kind);
        submission.setSource(SOURCE);
        submission.setId(id);
        submission.setRevision(1);
        submission.setReceivedAt(micros(NOW));
        return submission;
    }

    private static Submission corrected(Submission submission, String correctionId) {
        submission.setCorrectionSource("desk");
        submission.setCorrectionId(correctionId);
        submission.setReason("it was wrong");
        return submission;
    }
}
