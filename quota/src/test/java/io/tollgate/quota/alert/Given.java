package io.tollgate.quota.alert;

import io.tollgate.avro.AlertKind;
import io.tollgate.avro.AlertRule;
import io.tollgate.avro.Enforcement;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Period;
import io.tollgate.avro.PeriodKind;
import io.tollgate.avro.Quota;
import io.tollgate.avro.QuotaStatus;
import io.tollgate.avro.Scope;
import io.tollgate.quota.QuotaReading;
import io.tollgate.quota.Standing;
import io.tollgate.quota.StateName;
import io.tollgate.quota.Window;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rules and readings for tests. */
final class Given {
    static final Window DAY = window("2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z");

    private Given() {}

    static Decimal number(String value) {
        return Decimal.parse(value);
    }

    static ExactDecimal decimal(String value) {
        return Decimals.toAvro(number(value));
    }

    static long micros(String time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
    }

    static Window window(String start, String end) {
        return new Window(micros(start), micros(end));
    }

    static Scope company(String company) {
        return scope(company, null, null);
    }

    static Scope scope(String company, @Nullable String user, @Nullable String key) {
        Scope scope = new Scope();
        scope.setCompany(company);
        scope.setUser(user);
        scope.setKey(key);
        return scope;
    }

    /** Of acme, by day, in dollars. */
    static AlertRule rule(AlertKind kind, String... thresholds) {
        boolean isCounting = kind != AlertKind.QUOTA_SHARE && kind != AlertKind.FORECAST;
        boolean isMoney = kind == AlertKind.SPEND || kind == AlertKind.SPIKE;
        return AlertRule.newBuilder()
                .setId("rule")
                .setScope(company("acme"))
                .setKind(kind)
                .setThresholds(Stream.of(thresholds).map(Given::decimal).toList())
                .setWindow(isCounting ? period(PeriodKind.DAY) : null)
                .setCurrency(isMoney ? "USD" : null)
                .setBaselineWindows(kind == AlertKind.SPIKE ? 7 : 0)
                .setWebhooks(List.of("ops"))
                .setVersion(1)
                .setCreatedAt(0)
                .setUpdatedAt(0)
                .build();
    }

    static Period period(PeriodKind kind) {
        return new Period(kind, 0L, 0L);
    }

    static Period rolling(int hours) {
        return new Period(PeriodKind.ROLLING, hours * 3_600L, 0L);
    }

    static Quota quota(String id, String company, String limit) {
        return Quota.newBuilder()
                .setId(id)
                .setScope(company(company))
                .setMetric("cost")
                .setCurrency("USD")
                .setLimit(decimal(limit))
                .setPeriod(period(PeriodKind.DAY))
                .setEnforcement(Enforcement.HARD)
                .setVersion(1)
                .setCreatedAt(0)
                .setUpdatedAt(0)
                .build();
    }

    static Standing standing(String used, String limit) {
        return new Standing(number(used), number(limit), QuotaStatus.OK);
    }

    static QuotaReading reading(Quota quota, StateName name, String used, long at) {
        return new QuotaReading(quota, name, DAY, Standing.of(quota, number(used), at), at);
    }
}
