package io.tollgate.streams.check;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Submission;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.avro.Usage;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway asks of an event over HTTP, asked of a record that came by Kafka. The limits also bound the size of
 * every record made from a submission: one that no producer may send would stop its partition for good.
 */
public final class SubmissionCheck {
    private static final int LONGEST_WORD = 256;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_REASON = 1_024;
    private static final int MOST_DIMENSIONS = 64;
    private static final int MOST_LABELS = 64;
    private static final int MOST_DIGITS = 38;
    private static final int MOST_DECIMALS = 12;
    private static final int HIGHEST_STATUS = 999;
    private static final long LONGEST_LATENCY_MS = 1_000_000_000_000L;

    /** Spelled-out zeros included; beyond it a short record would become a long number when it is read. */
    private static final int WIDEST_SCALE = 64;

    private static final int WIDEST_INTEGER_BYTES = 32;
    private static final String INVALID_EVENT = "invalid_event";

    private SubmissionCheck() {}

    /**
     * The first thing that is wrong with a submission; null where nothing is.
     *
     * @param appendedAt LogAppendTime of its record, epoch µs
     */
    public static @Nullable Refusal check(Submission submission, long appendedAt) {
        SubmissionKind kind = submission.getKind();
        if (kind == SubmissionKind.UNKNOWN) {
            return new Refusal("unknown_type", "a kind of submission that this version does not know");
        }
        Refusal identity = firstOf(
                word("company", submission.getCompany()),
                word("source", submission.getSource()),
                word("id", submission.getId()),
                optional("correction_source", submission.getCorrectionSource(), LONGEST_WORD),
                optional("correction_id", submission.getCorrectionId(), LONGEST_WORD),
                optional("auth_id", submission.getAuthId(), LONGEST_WORD),
                optional("reason", submission.getReason(), LONGEST_REASON));
        if (identity != null) {
            return identity;
        }
        if (kind == SubmissionKind.AMEND && submission.getRevision() < 2) {
            return invalid("revision", submission.getRevision() + " is not above the original's, which is 1");
        }
        if (kind != SubmissionKind.USAGE && kind != SubmissionKind.AMEND) {
            return null;
        }
        Usage usage = submission.getUsage();
        return usage == null ? invalid("usage", "missing") : check(usage, appendedAt);
    }

    private static @Nullable Refusal check(Usage usage, long appendedAt) {
        if (usage.getProvider().isBlank()) {
            return new Refusal("missing_provider", "provider is empty");
        }
        if (usage.getModel().isBlank()) {
            return new Refusal("missing_model", "model is empty");
        }
        Refusal text = firstOf(
                word("provider", usage.getProvider()),
                word("model", usage.getModel()),
                optional("operation", usage.getOperation(), LONGEST_WORD),
                optional("request_id", usage.getRequestId(), LONGEST_WORD),
                optional("service_tier", usage.getServiceTier(), LONGEST_WORD),
                optional("region", usage.getRegion(), LONGEST_WORD),
                optional("variant", usage.getVariant(), LONGEST_WORD),
                optional("user", usage.getUser(), LONGEST_WORD),
                optional("reservation", usage.getReservation(), LONGEST_WORD));
        if (text != null) {
            return text;
        }
        Long latency = usage.getLatencyMs();
        if (latency != null && (latency < 0 || latency > LONGEST_LATENCY_MS)) {
            return invalid("latency_ms", latency + " is out of bounds");
        }
        Integer status = usage.getStatus();
        if (status != null && (status < 0 || status > HIGHEST_STATUS)) {
            return invalid("status", status + " is out of bounds");
        }
        Refusal content = firstOf(labels(usage.getLabels()), dimensions(usage));
        return content != null ? content : EventAge.ENTERING.check(usage.getEventTime(), appendedAt);
    }

    private static @Nullable Refusal labels(Map<String, String> labels) {
        if (labels.size() > MOST_LABELS) {
            return new Refusal("value_too_long", labels.size() + " labels, " + MOST_LABELS + " are allowed");
        }
        for (Map.Entry<String, String> label : labels.entrySet()) {
            Refusal refusal =
                    firstOf(name("label", label.getKey()), optional(label.getKey(), label.getValue(), LONGEST_WORD));
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    private static @Nullable Refusal dimensions(Usage usage) {
        int count = usage.getDimensions().size();
        if (count > MOST_DIMENSIONS) {
            return new Refusal("too_many_dimensions", count + " dimensions, " + MOST_DIMENSIONS + " are allowed");
        }
        Set<String> names = new HashSet<>();
        for (DimensionQuantity counted : usage.getDimensions()) {
            String name = counted.getDimension();
            Refusal refusal = firstOf(name("dimension", name), quantity(name, counted.getQuantity()));
            if (refusal != null) {
                return refusal;
            }
            if (!names.add(name)) {
                return invalid("dimensions", name + " is there twice");
            }
        }
        return null;
    }

    private static @Nullable Refusal quantity(String dimension, ExactDecimal quantity) {
        ByteBuffer big = quantity.getBig();
        int scale = quantity.getScale();
        if (scale < 0 || scale > WIDEST_SCALE || (big != null && big.remaining() > WIDEST_INTEGER_BYTES)) {
            return new Refusal("invalid_quantity", dimension + ": out of bounds");
        }
        if (big != null && !big.hasRemaining()) {
            return new Refusal("invalid_quantity", dimension + ": not a number");
        }
        Decimal value = Decimals.fromAvro(quantity);
        if (value.signum() < 0) {
            return new Refusal("invalid_quantity", dimension + ": " + value + " is negative");
        }
        if (value.scale() > MOST_DECIMALS || value.precision() > MOST_DIGITS) {
            return new Refusal(
                    "invalid_quantity",
                    dimension + ": " + value + " has more than " + MOST_DIGITS + " digits or " + MOST_DECIMALS
                            + " decimals");
        }
        return null;
    }

    private static @Nullable Refusal word(String field, String text) {
        return text.isBlank() ? invalid(field, "empty") : optional(field, text, LONGEST_WORD);
    }

    private static @Nullable Refusal name(String field, String text) {
        return text.isBlank() ? invalid(field, "empty") : optional(field, text, LONGEST_NAME);
    }

    private static @Nullable Refusal optional(String field, @Nullable String text, int longest) {
        if (text == null) {
            return null;
        }
        if (text.length() > longest) {
            return new Refusal(
                    "value_too_long", field + " has " + text.length() + " characters, " + longest + " are allowed");
        }
        return text.indexOf('\0') >= 0 ? invalid(field, "has a U+0000, which PostgreSQL can't hold") : null;
    }

    private static Refusal invalid(String field, String what) {
        return new Refusal(INVALID_EVENT, field + ": " + what);
    }

    private static @Nullable Refusal firstOf(@Nullable Refusal... refusals) {
        for (Refusal refusal : refusals) {
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }
}
