package io.tollgate.gateway.admin;

import io.tollgate.avro.AlertKind;
import io.tollgate.avro.AlertRule;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Period;
import io.tollgate.avro.PeriodKind;
import io.tollgate.avro.Quota;
import io.tollgate.avro.Webhook;
import io.tollgate.quota.alert.CompiledRule;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An alert rule from JSON and as JSON. */
final class AlertRuleJson {
    static final Set<AlertKind> KINDS = EnumSet.complementOf(EnumSet.of(AlertKind.UNKNOWN));
    /** Five weeks of hours. */
    private static final int MOST_BASELINE_WINDOWS = 840;

    private static final String NONE = "a rule of this kind has none; leave it out";

    private AlertRuleJson() {}

    /**
     * Reads a rule and notes what is wrong with it.
     *
     * @param now epoch µs
     */
    static AlertRule read(Fields fields, String id, Known known, long now) {
        Kind.checkId(fields, id);
        ScopeJson.Read scope = ScopeJson.read(fields, known);
        AlertKind given = fields.word("kind", KINDS);
        if (given == null) {
            fields.error(
                    "kind",
                    "missing",
                    "is required: one of " + KINDS.stream().map(Fields::word).toList());
        }
        AlertKind kind = given == null ? AlertKind.SPEND : given;
        AlertTerms terms = AlertTerms.of(kind);
        List<ExactDecimal> thresholds = Thresholds.read(fields, terms.thresholds(), terms.mostThreshold());
        if (thresholds.isEmpty()) {
            fields.error("thresholds", "missing", "a rule has one at least");
        }
        ZoneId zone = zone(fields, terms, scope.home(), now);
        Period window = window(fields, terms, zone);
        AlertRule rule = new AlertRule(
                id,
                scope.scope().toAvro(),
                kind,
                quota(fields, kind, scope.scope(), known),
                thresholds,
                window,
                zone.getId(),
                currency(fields, terms, scope.home()),
                Decimals.toAvroOrNull(minimum(fields, terms)),
                baselineWindows(fields, terms, window),
                webhooks(fields, scope.scope(), known),
                fields.flag("enabled", true),
                1L,
                now,
                now);
        if (!fields.hasErrors()) {
            compile(rule, fields, now);
        }
        return rule;
    }

    /** As the topology will, so that nothing is let in here that is none there. */
    private static void compile(AlertRule rule, Fields fields, long now) {
        try {
            CompiledRule ignored = new CompiledRule(rule, now);
        } catch (IllegalArgumentException e) {
            fields.error("window", "invalid", String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable String quota(Fields fields, AlertKind kind, ScopeJson scope, Known known) {
        if (!AlertTerms.of(kind).watchesQuotas()) {
            fields.refuse("quota", NONE);
            return null;
        }
        String id = fields.text("quota");
        if (id == null) {
            return null;
        }
        Quota quota = known.quotas().apply(id);
        if (quota == null) {
            fields.error("quota", "unknown_quota", "there is no quota " + id);
        } else if (!meet(quota.getScope().getCompany(), scope.company())) {
            fields.error(
                    "quota",
                    "other_company",
                    id + " is a quota of " + quota.getScope().getCompany());
        } else if (quota.getPeriod() == null) {
            fields.error("quota", "not_watched", id + " counts open admissions, which only the gateway knows");
        } else if (kind == AlertKind.FORECAST && quota.getPeriod().getKind() == PeriodKind.ROLLING) {
            fields.error("quota", "not_watched", id + " is rolling: it has no end that could be forecast");
        }
        return id;
    }

    private static ZoneId zone(Fields fields, AlertTerms terms, Home home, long now) {
        if (terms.watchesQuotas()) {
            fields.refuse("timezone", NONE);
            return ZoneId.of(Home.NONE.timezone());
        }
        return home.zone(fields, now);
    }

    private static @Nullable Period window(Fields fields, AlertTerms terms, ZoneId zone) {
        if (terms.watchesQuotas()) {
            fields.refuse("window", NONE);
            fields.refuse("window_hours", NONE);
            return null;
        }
        return PeriodJson.read(fields, "window", terms.windows(), terms.window(), zone);
    }

    private static @Nullable String currency(Fields fields, AlertTerms terms, Home home) {
        if (terms.isMoney()) {
            return home.currency(fields);
        }
        fields.refuse("currency", NONE);
        return null;
    }

    private static @Nullable Decimal minimum(Fields fields, AlertTerms terms) {
        if (terms.minimum() == null) {
            fields.refuse("minimum", NONE);
            return null;
        }
        Decimal given = fields.amount("minimum");
        return given == null ? terms.minimum() : given;
    }

    private static int baselineWindows(Fields fields, AlertTerms terms, @Nullable Period window) {
        if (terms.baselineWindows() == 0) {
            fields.refuse("baseline_windows", NONE);
            return 0;
        }
        Long given = fields.whole("baseline_windows", 1, MOST_BASELINE_WINDOWS);
        int windows = given == null ? terms.baselineWindows() : given.intValue();
        if (window != null && !PeriodJson.isKept(window, windows + 1)) {
            fields.error("baseline_windows", "invalid", windows + " such windows reach beyond 366 days; name fewer");
        }
        return windows;
    }

    private static List<String> webhooks(Fields fields, ScopeJson scope, Known known) {
        List<String> given = fields.list("webhooks");
        List<String> ids = given == null ? List.of() : given;
        for (int i = 0; i < ids.size(); i++) {
            String id = ids.get(i);
            Webhook webhook = known.webhooks().apply(id);
            if (webhook == null) {
                fields.error("webhooks", i, "unknown_webhook", "there is no webhook " + id);
            } else if (webhook.getCompany() != null && !meet(webhook.getCompany(), scope.company())) {
                String company = webhook.getCompany();
                fields.error("webhooks", i, "other_company", id + " takes alerts of " + company + " alone");
            }
        }
        return ids.stream().distinct().toList();
    }

    private static boolean meet(String one, String other) {
        return ScopeJson.isEach(one) || ScopeJson.isEach(other) || one.equals(other);
    }

    /** A rule as it is read back; what is null does not belong to it. */
    record View(
            String id,
            ScopeJson scope,
            String kind,
            @Nullable String quota,
            List<String> thresholds,
            @Nullable String window,
            @Nullable Long windowHours,
            @Nullable String timezone,
            @Nullable String currency,
            @Nullable String minimum,
            @Nullable Integer baselineWindows,
            List<String> webhooks,
            boolean enabled,
            long version,
            String createdAt,
            String updatedAt) {

        static View of(AlertRule rule) {
            PeriodJson window = PeriodJson.of(rule.getWindow());
            return new View(
                    rule.getId(),
                    ScopeJson.of(rule.getScope()),
                    Fields.word(rule.getKind()),
                    rule.getQuota(),
                    Thresholds.texts(rule.getThresholds()),
                    window.word(),
                    window.hours(),
                    rule.getWindow() == null ? null : rule.getTimezone(),
                    rule.getCurrency(),
                    Decimals.textOrNull(rule.getMinimum()),
                    rule.getBaselineWindows() == 0 ? null : rule.getBaselineWindows(),
                    rule.getWebhooks(),
                    rule.getEnabled(),
                    rule.getVersion(),
                    Times.text(rule.getCreatedAt()),
                    Times.text(rule.getUpdatedAt()));
        }
    }
}
