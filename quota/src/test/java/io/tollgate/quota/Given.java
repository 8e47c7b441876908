package io.tollgate.quota;

import io.tollgate.avro.Enforcement;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Period;
import io.tollgate.avro.PeriodKind;
import io.tollgate.avro.Quota;
import io.tollgate.avro.QuotaState;
import io.tollgate.avro.Reservation;
import io.tollgate.avro.Scope;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.serde.AvroGuards;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Quotas, states and callers as tests need them. */
final class Given {
    static final String COMPANY = "acme";
    static final long NOW = micros("2026-11-21T10:00:00Z");
    static final long SECOND = 1_000_000;

    static {
        AvroGuards.set();
    }

    private Given() {}

    static long micros(String time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
    }

    static Scope scope(String company, @Nullable String user, @Nullable String key) {
        return new Scope(company, user, key, null, null);
    }

    static Period period(PeriodKind kind) {
        return new Period(kind, 0L, 0L);
    }

    /** A hard quota of the whole company on cost in dollars by day. */
    static Quota.Builder budget(String id, String limit) {
        return quota(id, Metric.COST, limit).setCurrency("USD");
    }

    /** A hard quota of the whole company by UTC day. */
    static Quota.Builder quota(String id, String metric, String limit) {
        return Quota.newBuilder()
                .setId(id)
                .setScope(scope(COMPANY, null, null))
                .setMetric(metric)
                .setLimit(exact(limit))
                .setPeriod(metric.equals(Metric.CONCURRENT) ? null : period(PeriodKind.DAY))
                .setEnforcement(Enforcement.HARD)
                .setThresholds(List.of(exact("80")))
                .setVersion(1L)
                .setCreatedAt(0L)
                .setUpdatedAt(0L);
    }

    static QuotaState state(Quota quota, StateName name, String used, long version, Window window) {
        Standing standing = Standing.of(quota, Decimal.parse(used), window.start());
        return QuotaState.newBuilder()
                .setQuota(name.quota())
                .setCompany(name.company())
                .setUser(name.user())
                .setKey(name.key())
                .setMetric(quota.getMetric())
                .setCurrency(quota.getCurrency())
                .setUsed(exact(used))
                .setLimit(Decimals.toAvro(standing.limit()))
                .setRemaining(Decimals.toAvro(standing.remaining()))
                .setStatus(standing.status())
                .setWindowStart(window.start())
                .setWindowEnd(window.end())
                .setResetsAt(window.end())
                .setVersion(version)
                .setChangedAt(window.start())
                .build();
    }

    static Estimate dollars(String cost) {
        return new Estimate(Map.of("input", Decimal.ONE), Decimal.ONE, Decimal.parse(cost), "USD");
    }

    static Estimate tokens(long tokens) {
        return new Estimate(Map.of("input", Decimal.of(tokens)), Decimal.of(tokens), Decimal.ZERO, "USD");
    }

    static Caller caller(@Nullable String user, @Nullable String key) {
        return new Caller(COMPANY, user, key, "openai", "gpt-4o");
    }

    static Reservation draft(String id, long now) {
        return draft(id, now, now + 600 * SECOND);
    }

    static Reservation draft(String id, long now, long expiresAt) {
        return Reservation.newBuilder()
                .setId(id)
                .setCompany(COMPANY)
                .setGateway("here")
                .setHolds(List.of())
                .setGrantedAt(now)
                .setExpiresAt(expiresAt)
                .build();
    }

    static ExactDecimal exact(String text) {
        return Decimals.toAvro(Decimal.parse(text));
    }
}
