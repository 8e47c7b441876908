package io.tollgate.gateway.admin;

import io.tollgate.avro.Boost;
import io.tollgate.avro.Enforcement;
import io.tollgate.avro.ManualReset;
import io.tollgate.avro.Period;
import io.tollgate.avro.PeriodKind;
import io.tollgate.avro.Quota;
import io.tollgate.quota.Metric;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.submission.SubmissionLimits;
import io.tollgate.schemas.submission.SubmissionRules;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A quota from JSON and as JSON. */
final class QuotaJson {
    private static final Set<PeriodKind> PERIODS = EnumSet.complementOf(EnumSet.of(PeriodKind.UNKNOWN));
    static final Set<Enforcement> ENFORCEMENTS = EnumSet.complementOf(EnumSet.of(Enforcement.UNKNOWN));
    private static final List<Decimal> USUAL_THRESHOLDS = List.of(Decimal.of(80), Decimal.of(100));
    /** What alert rules count and no quota does. */
    private static final Set<String> NO_METRICS = Set.of(Metric.ERRORS, Metric.UNPRICED);

    private QuotaJson() {}

    /**
     * Reads a quota and notes what is wrong with it. Its resets stay: they are made by calls of their own.
     *
     * @param prior what it replaces
     * @param now epoch µs
     */
    static Quota read(Fields fields, String id, @Nullable Quota prior, Known known, long now) {
        Kind.checkId(fields, id);
        ScopeJson.Read scope = ScopeJson.read(fields, known);
        String metric = metric(fields);
        ZoneId zone = scope.home().zone(fields, now);
        Enforcement enforcement = fields.word("enforcement", ENFORCEMENTS);
        Quota quota = new Quota(
                id,
                scope.scope().toAvro(),
                metric,
                currency(fields, metric, scope.home()),
                Decimals.toAvro(limit(fields)),
                period(fields, metric, zone),
                zone.getId(),
                enforcement == null ? Enforcement.HARD : enforcement,
                Thresholds.read(fields, USUAL_THRESHOLDS, Thresholds.MOST_PERCENT),
                boost(fields.object("boost"), prior == null ? null : prior.getBoost(), now),
                prior == null ? List.of() : prior.getResets(),
                1L,
                now,
                now);
        fields.shown("resets");
        return quota;
    }

    private static String metric(Fields fields) {
        String metric = fields.required("metric");
        boolean isDimension = SubmissionRules.isDimension(metric) && metric.length() <= SubmissionLimits.MAX_NAME;
        if (NO_METRICS.contains(metric)) {
            fields.error("metric", "invalid", "'" + metric + "' is for alert rules");
        } else if (!metric.isEmpty() && !isDimension) {
            fields.error("metric", "invalid", "must be cost, tokens, requests, concurrent or a dimension, output say");
        }
        return metric;
    }

    private static @Nullable String currency(Fields fields, String metric, Home home) {
        if (metric.equals(Metric.COST)) {
            return home.currency(fields);
        }
        fields.refuse("currency", "belongs to the metric cost");
        return null;
    }

    private static Decimal limit(Fields fields) {
        Decimal limit = fields.amount("limit");
        if (limit == null) {
            fields.error("limit", "missing", "is required");
            return Decimal.ZERO;
        }
        return limit;
    }

    private static @Nullable Period period(Fields fields, String metric, ZoneId zone) {
        if (!metric.equals(Metric.CONCURRENT)) {
            return PeriodJson.read(fields, "period", PERIODS, null, zone);
        }
        for (String name : List.of("period", "period_hours", "period_seconds", "anchor")) {
            fields.refuse(name, "open admissions are counted as they are now: leave it out");
        }
        return null;
    }

    private static @Nullable Boost boost(@Nullable Fields fields, @Nullable Boost prior, long now) {
        if (fields == null) {
            return null;
        }
        Decimal limit = limit(fields);
        Long until = fields.future("until", prior == null ? null : prior.getUntil(), now);
        if (until == null) {
            fields.error("until", "missing", "is required: when the usual limit holds again");
        }
        fields.refuseOthers();
        return new Boost(Decimals.toAvro(limit), until == null ? now : until);
    }

    /** A quota as it is read back; what is null does not belong to it. */
    record View(
            String id,
            ScopeJson scope,
            String metric,
            @Nullable String currency,
            String limit,
            @Nullable String period,
            @Nullable Long periodHours,
            @Nullable Long periodSeconds,
            @Nullable String anchor,
            String timezone,
            String enforcement,
            List<String> thresholds,
            @Nullable BoostView boost,
            List<ResetView> resets,
            long version,
            String createdAt,
            String updatedAt) {

        static View of(Quota quota) {
            PeriodJson period = PeriodJson.of(quota.getPeriod());
            Boost boost = quota.getBoost();
            return new View(
                    quota.getId(),
                    ScopeJson.of(quota.getScope()),
                    quota.getMetric(),
                    quota.getCurrency(),
                    Decimals.fromAvro(quota.getLimit()).toString(),
                    period.word(),
                    period.hours(),
                    period.seconds(),
                    period.anchor(),
                    quota.getTimezone(),
                    Fields.word(quota.getEnforcement()),
                    Thresholds.texts(quota.getThresholds()),
                    boost == null ? null : BoostView.of(boost),
                    quota.getResets().stream().map(ResetView::of).toList(),
                    quota.getVersion(),
                    Times.text(quota.getCreatedAt()),
                    Times.text(quota.getUpdatedAt()));
        }
    }

    record BoostView(String limit, String until) {
        static BoostView of(Boost boost) {
            return new BoostView(Decimals.fromAvro(boost.getLimit()).toString(), Times.text(boost.getUntil()));
        }
    }

    record ResetView(
            int number,
            @Nullable String company,
            @Nullable String user,
            @Nullable String key,
            String reason,
            String at) {
        static ResetView of(ManualReset reset) {
            return new ResetView(
                    reset.getNumber(),
                    reset.getCompany(),
                    reset.getUser(),
                    reset.getKey(),
                    reset.getReason(),
                    Times.text(reset.getAt()));
        }
    }
}
