package io.tollgate.schemas;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.Submission;
import io.tollgate.avro.Usage;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * 64 bits over what a client said about an event. Two submissions of one event with different fingerprints are a
 * conflict, not a retry. Spelling does not count: {@code 1200} is {@code "1200.0"}, and neither the order of dimensions
 * nor of labels matters.
 *
 * <p>Taken before the gateway adds what the client did not send (the key's user and labels, its own clock): the same
 * event sent over HTTP and to the inbox is the same.
 */
public final class Fingerprint {
    private Fingerprint() {}

    /** Fingerprint of a submission's usage; 0 for one that carries none. */
    public static long of(Submission submission) {
        Usage usage = submission.getUsage();
        return usage == null ? 0 : of(usage);
    }

    private static long of(Usage usage) {
        List<@Nullable String> parts = new ArrayList<>(32);
        parts.add(usage.getEventTimeGiven() ? Long.toString(usage.getEventTime()) : null);
        parts.add(usage.getProvider());
        parts.add(usage.getModel());
        parts.add(usage.getOperation());
        parts.add(usage.getRequestId());
        parts.add(usage.getServiceTier());
        parts.add(usage.getRegion());
        parts.add(usage.getVariant());
        parts.add(usage.getUser());
        parts.add(usage.getReservation());
        parts.add(text(usage.getStatus()));
        parts.add(text(usage.getLatencyMs()));
        parts.add(usage.getBillable() ? null : "free");
        parts.add(Integer.toString(usage.getLabels().size()));
        for (Map.Entry<String, String> label : new TreeMap<>(usage.getLabels()).entrySet()) {
            parts.add(label.getKey());
            parts.add(label.getValue());
        }
        usage.getDimensions().stream()
                .sorted(Comparator.comparing(DimensionQuantity::getDimension))
                .forEach(counted -> {
                    Decimal quantity = Decimals.fromAvro(counted.getQuantity());
                    parts.add(counted.getDimension());
                    parts.add(quantity.toString());
                });
        if (usage.getSpeed() != null) {
            parts.add("speed");
            parts.add(usage.getSpeed());
        }
        if (usage.getRequestModel() != null) {
            parts.add("request_model");
            parts.add(usage.getRequestModel());
        }
        // Of a body that was read the dimensions speak; where none came of it, why.
        if (usage.getVendor() != null && usage.getDimensions().isEmpty()) {
            parts.add(usage.getVendor().getQuality().name());
        }
        return ByteBuffer.wrap(EventHash.sha256(CompositeKey.of(parts.toArray(new String[0]))))
                .getLong();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
