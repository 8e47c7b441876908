package io.tollgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.AlertRule;
import io.tollgate.avro.Period;
import io.tollgate.avro.PeriodKind;
import io.tollgate.avro.Quota;
import io.tollgate.gateway.AdminExample;
import io.tollgate.gateway.http.Problem.FieldError;
import io.tollgate.gateway.ingest.Timestamps;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.serde.AvroGuards;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples of docs/admin.md are what the page says that they are. */
class AdminDocsTest {
    private static final long NOW = Timestamps.parse("2026-11-21T10:00:00Z");

    static {
        AvroGuards.set();
    }

    private final List<FieldError> errors = new ArrayList<>();

    @Test
    void aRateLimitOfEachKey() {
        assertThat(summary(quota("acme-key-rate"))).isEqualTo("acme null * 600 requests MINUTE HARD");
    }

    @Test
    void tokensOfEachUserByHourDayAndMonth() {
        assertThat(summary(quota("acme-user-hour"))).isEqualTo("acme * null 1000 tokens HOUR HARD");
        assertThat(summary(quota("acme-user-day"))).isEqualTo("acme * null 10000 tokens DAY HARD");
        assertThat(summary(quota("acme-user-month"))).isEqualTo("acme * null 100000 tokens MONTH HARD");
    }

    @Test
    void budgets() {
        Quota month = quota("acme-month");
        assertThat(summary(month)).isEqualTo("acme null null 500 cost MONTH HARD");
        assertThat(month.getTimezone()).isEqualTo("Europe/Berlin");
        assertThat(month.getBoost().getUntil()).isEqualTo(Timestamps.parse("2096-12-31T23:00:00Z"));
        assertThat(summary(quota("trial-of-a-limit"))).isEqualTo("* null null 40 cost ROLLING SHADOW");
        assertThat(quota("acme-contract").getPeriod())
                .isEqualTo(new Period(PeriodKind.EVERY, 2_592_000L, Timestamps.parse("2026-01-15T00:00:00Z")));
        assertThat(summary(quota("acme-open"))).isEqualTo("acme * null 8 concurrent null HARD");
    }

    @Test
    void anAlertOnSpend() {
        AlertRule rule = AlertRuleJson.read(fields("alert-rules/daily-spend"), "r", Worlds.ACME, NOW);
        assertThat(errors).isEmpty();
        assertThat(Thresholds.texts(rule.getThresholds())).containsExactly("100", "250", "1000");
        assertThat(rule.getScope().getCompany()).isEqualTo("*");
        assertThat(rule.getCurrency()).isEqualTo("USD");
    }

    private Quota quota(String id) {
        Quota quota = QuotaJson.read(fields("quotas/" + id), id, null, Worlds.ACME, NOW);
        assertThat(errors).isEmpty();
        return quota;
    }

    private Fields fields(String path) {
        AdminExample example = AdminExample.all().stream()
                .filter(one -> one.path().equals(path))
                .findFirst()
                .orElseThrow();
        return Worlds.fields(example.body(), errors);
    }

    private static String summary(Quota quota) {
        Period period = quota.getPeriod();
        return String.join(
                " ",
                quota.getScope().getCompany(),
                quota.getScope().getUser(),
                quota.getScope().getKey(),
                Decimals.fromAvro(quota.getLimit()).toString(),
                quota.getMetric(),
                period == null ? null : period.getKind().name(),
                quota.getEnforcement().name());
    }
}
