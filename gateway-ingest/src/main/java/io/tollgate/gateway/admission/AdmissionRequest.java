package io.tollgate.gateway.admission;

import io.tollgate.gateway.admin.Fields;
import io.tollgate.gateway.backbone.AdmissionTopics;
import io.tollgate.gateway.http.Problem;
import io.tollgate.gateway.http.Problem.FieldError;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.submission.SubmissionLimits;
import io.tollgate.schemas.submission.SubmissionRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants to do.
 *
 * @param estimate quantities by dimension; empty: nothing is said of them
 * @param ttlSeconds how long what is granted is held
 */
record AdmissionRequest(
        @Nullable String user,
        String provider,
        String model,
        Map<String, Decimal> estimate,
        @Nullable String serviceTier,
        @Nullable String region,
        @Nullable String variant,
        long ttlSeconds) {
    /** Longer than most calls take, and short enough that a caller who crashes does not block others for long. */
    private static final long DEFAULT_TTL_SECONDS = 600;

    /** What a body turned out to be. */
    sealed interface Result permits Good, Wrong {}

    record Good(AdmissionRequest request) implements Result {}

    record Wrong(Problem why) implements Result {}

    static Result read(byte[] json) {
        Fields.Parsed body = Fields.parse(json);
        if (body.problem() != null) {
            return new Wrong(body.problem());
        }
        List<FieldError> errors = new ArrayList<>();
        Fields fields = Fields.of(body.tree(), "", errors);
        String user = fields.text("user");
        String provider = fields.required("provider");
        String model = fields.required("model");
        Map<String, Decimal> estimate = quantities(fields);
        String serviceTier = fields.text("service_tier");
        String region = fields.text("region");
        String variant = fields.text("variant");
        Long ttl = fields.whole("ttl_seconds", 1, AdmissionTopics.LONGEST_HOLD.toSeconds());
        fields.refuseOthers();
        return errors.isEmpty()
                ? new Good(new AdmissionRequest(
                        user,
                        provider,
                        model,
                        estimate,
                        serviceTier,
                        region,
                        variant,
                        ttl == null ? DEFAULT_TTL_SECONDS : ttl))
                : new Wrong(Problem.invalid(errors));
    }

    /** By the rules for an event's dimensions. */
    private static Map<String, Decimal> quantities(Fields fields) {
        Fields estimate = fields.object("estimate");
        if (estimate == null) {
            return Map.of();
        }
        Map<String, Decimal> quantities = new LinkedHashMap<>();
        if (estimate.names().size() > SubmissionLimits.MAX_DIMENSIONS) {
            fields.error("estimate", "too_many_dimensions", "at most " + SubmissionLimits.MAX_DIMENSIONS);
            return quantities;
        }
        for (String name : estimate.names()) {
            if (name.length() > SubmissionLimits.MAX_NAME || !SubmissionRules.isDimension(name)) {
                estimate.error(
                        name,
                        "invalid",
                        "is no dimension: use at most " + SubmissionLimits.MAX_NAME + " of a-z, 0-9 and _");
                continue;
            }
            Decimal quantity = estimate.decimal(name);
            if (quantity == null) {
                estimate.error(name, "invalid_quantity", "must be a number, or a string that holds one");
                continue;
            }
            String objection = SubmissionRules.objection(quantity);
            if (objection != null) {
                estimate.error(name, "invalid_quantity", quantity + " " + objection);
            }
            quantities.put(name, quantity);
        }
        return quantities;
    }
}
