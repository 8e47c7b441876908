package io.tollgate.streams.check;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Submission;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.avro.Usage;
import io.tollgate.avro.VendorReading;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.submission.RejectionCode;
import io.tollgate.schemas.submission.SubmissionLimits;
import io.tollgate.schemas.submission.SubmissionRules;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the gateway asks of an event over HTTP, asked of a record that came by Kafka. */
public final class SubmissionCheck {
    private SubmissionCheck() {}

    /**
     * The first thing that is wrong with a submission; null where nothing is.
     *
     * @param appendedAt LogAppendTime of its record, epoch µs
     */
    public static @Nullable Refusal check(Submission submission, long appendedAt) {
        SubmissionKind kind = submission.getKind();
        if (kind == SubmissionKind.UNKNOWN) {
            return new Refusal(RejectionCode.UNKNOWN_TYPE, "a kind of submission that this version does not know");
        }
        Refusal identity = firstOf(
                word("company", submission.getCompany()),
                word("source", submission.getSource()),
                word("id", submission.getId()),
                optional("correction_source", submission.getCorrectionSource(), SubmissionLimits.MAX_TEXT),
                optional("correction_id", submission.getCorrectionId(), SubmissionLimits.MAX_TEXT),
                optional("auth_id", submission.getAuthId(), SubmissionLimits.MAX_TEXT),
                optional("reason", submission.getReason(), SubmissionLimits.MAX_REASON));
        if (identity != null) {
            return identity;
        }
        if (kind == SubmissionKind.AMEND && submission.getRevision() < SubmissionLimits.FIRST_AMEND) {
            return invalid("revision", submission.getRevision() + " is not above the original's, which is 1");
        }
        if (kind != SubmissionKind.USAGE && kind != SubmissionKind.AMEND) {
            return null;
        }
        Usage usage = submission.getUsage();
        return usage == null ? invalid("usage", "missing") : check(usage, kind, appendedAt);
    }

    private static @Nullable Refusal check(Usage usage, SubmissionKind kind, long appendedAt) {
        if (usage.getProvider().isBlank()) {
            return new Refusal(RejectionCode.MISSING_PROVIDER, "provider is empty");
        }
        if (usage.getModel().isBlank()) {
            return new Refusal(RejectionCode.MISSING_MODEL, "model is empty");
        }
        Refusal text = firstOf(
                word("provider", usage.getProvider()),
                word("model", usage.getModel()),
                optional("operation", usage.getOperation(), SubmissionLimits.MAX_TEXT),
                optional("request_id", usage.getRequestId(), SubmissionLimits.MAX_TEXT),
                optional("service_tier", usage.getServiceTier(), SubmissionLimits.MAX_TEXT),
                optional("region", usage.getRegion(), SubmissionLimits.MAX_TEXT),
                optional("variant", usage.getVariant(), SubmissionLimits.MAX_TEXT),
                optional("speed", usage.getSpeed(), SubmissionLimits.MAX_TEXT),
                optional("request_model", usage.getRequestModel(), SubmissionLimits.MAX_TEXT),
                optional("user", usage.getUser(), SubmissionLimits.MAX_TEXT),
                optional("reservation", usage.getReservation(), SubmissionLimits.MAX_TEXT));
        if (text != null) {
            return text;
        }
        Refusal vendor = vendor(usage.getVendor());
        if (vendor != null) {
            return vendor;
        }
        Long latency = usage.getLatencyMs();
        if (latency != null && (latency < 0 || latency > SubmissionLimits.MAX_LATENCY_MS)) {
            return invalid("latency_ms", latency + " is out of bounds");
        }
        Integer status = usage.getStatus();
        if (status != null && (status < 0 || status > SubmissionLimits.MAX_STATUS)) {
            return invalid("status", status + " is out of bounds");
        }
        Refusal content = firstOf(labels(usage.getLabels()), dimensions(usage));
        if (content != null) {
            return content;
        }
        // An amend that names no time leaves the event its own.
        boolean timed = kind == SubmissionKind.USAGE || usage.getEventTimeGiven();
        return timed ? EventAge.ENTERING.check(usage.getEventTime(), appendedAt) : null;
    }

    private static @Nullable Refusal vendor(@Nullable VendorReading vendor) {
        return vendor == null
                ? null
                : firstOf(
                        word("vendor.format", vendor.getFormat()),
                        optional("vendor.remark", vendor.getRemark(), SubmissionLimits.MAX_REASON),
                        optional("vendor.usage", vendor.getUsage(), SubmissionLimits.MAX_VENDOR_USAGE),
                        vendor.getCost() == null ? null : bounds("vendor.cost", vendor.getCost()));
    }

    private static @Nullable Refusal labels(Map<String, String> labels) {
        if (labels.size() > SubmissionLimits.MAX_LABELS) {
            return invalid("labels", labels.size() + " labels, " + SubmissionLimits.MAX_LABELS + " are allowed");
        }
        for (Map.Entry<String, String> label : labels.entrySet()) {
            Refusal refusal = firstOf(
                    label(label.getKey()), optional(label.getKey(), label.getValue(), SubmissionLimits.MAX_TEXT));
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    private static @Nullable Refusal dimensions(Usage usage) {
        Refusal tooMany = tooManyDimensions(usage);
        if (tooMany != null) {
            return tooMany;
        }
        if (usage.getDimensions().isEmpty() && !SubmissionRules.mayBeEmpty(usage)) {
            return invalid("dimensions", "empty, and the call is billable and did not fail");
        }
        Set<String> names = new HashSet<>();
        for (DimensionQuantity counted : usage.getDimensions()) {
            String name = counted.getDimension();
            Refusal refusal = firstOf(dimension(name), quantity(name, counted.getQuantity()));
            if (refusal != null) {
                return refusal;
            }
            if (!names.add(name)) {
                return invalid("dimensions", name + " is there twice");
            }
        }
        return null;
    }

    static @Nullable Refusal tooManyDimensions(Usage usage) {
        int count = usage.getDimensions().size();
        return count <= SubmissionLimits.MAX_DIMENSIONS
                ? null
                : new Refusal(
                        RejectionCode.TOO_MANY_DIMENSIONS,
                        count + " dimensions, " + SubmissionLimits.MAX_DIMENSIONS + " are allowed");
    }

    private static @Nullable Refusal quantity(String dimension, ExactDecimal quantity) {
        Refusal refusal = bounds(dimension, quantity);
        if (refusal != null) {
            return refusal;
        }
        Decimal value = Decimals.fromAvro(quantity);
        String objection = SubmissionRules.objection(value);
        return objection == null
                ? null
                : new Refusal(RejectionCode.INVALID_QUANTITY, dimension + ": " + value + " " + objection);
    }

    /** Whether the encoding is that of a decimal, and of none that is absurdly long. */
    static @Nullable Refusal bounds(String dimension, ExactDecimal quantity) {
        return SubmissionRules.isReadable(quantity)
                ? null
                : new Refusal(RejectionCode.INVALID_QUANTITY, dimension + ": out of bounds, or not a number");
    }

    private static @Nullable Refusal word(String field, String text) {
        return text.isEmpty() ? invalid(field, "empty") : optional(field, text, SubmissionLimits.MAX_TEXT);
    }

    private static @Nullable Refusal label(String name) {
        return name.isEmpty()
                ? invalid("labels", "a label needs a name")
                : optional("label", name, SubmissionLimits.MAX_NAME);
    }

    private static @Nullable Refusal dimension(String name) {
        Refusal tooLong = optional("dimension", name, SubmissionLimits.MAX_NAME);
        return tooLong != null || SubmissionRules.isDimension(name)
                ? tooLong
                : invalid("dimensions", "'" + name + "' is no dimension: use a-z, 0-9 and _");
    }

    private static @Nullable Refusal optional(String field, @Nullable String text, int longest) {
        if (text == null) {
            return null;
        }
        if (text.length() > longest) {
            return new Refusal(
                    RejectionCode.VALUE_TOO_LONG,
                    field + " has " + text.length() + " characters, " + longest + " are allowed");
        }
        return SubmissionRules.isStorable(text) ? null : invalid(field, "has a U+0000, which PostgreSQL can't hold");
    }

    private static Refusal invalid(String field, String what) {
        return new Refusal(RejectionCode.INVALID_EVENT, field + ": " + what);
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
