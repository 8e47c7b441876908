package io.tollgate.gateway.admission;

import io.tollgate.avro.Enforcement;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Period;
import io.tollgate.avro.PeriodKind;
import io.tollgate.avro.Quota;
import io.tollgate.avro.Scope;
import io.tollgate.quota.Metric;
import io.tollgate.quota.QuotaView;
import io.tollgate.quota.Standing;
import io.tollgate.quota.StateName;
import io.tollgate.quota.Window;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.serde.AvroGuards;
import org.jspecify.annotations.Nullable;

/** Quotas and how they stand, for tests. */
public final class Quotas {
    public static final long SECOND = 1_000_000;
    private static final long NEVER = 0;

    static {
        AvroGuards.set();
    }

    private Quotas() {}

    /** A quota of each company's day, in USD where it is of a cost. */
    public static Quota quota(String id, String metric, String limit, Enforcement enforcement) {
        return quota(id, "*", null, metric, limit, enforcement);
    }

    /** A quota of a company's day, or of its users'. */
    public static Quota quota(
            String id, String company, @Nullable String user, String metric, String limit, Enforcement enforcement) {
        boolean concurrent = metric.equals(Metric.CONCURRENT);
        Quota.Builder quota = Quota.newBuilder()
                .setId(id)
                .setScope(new Scope(company, user, null, null, null))
                .setMetric(metric)
                .setCurrency(metric.equals(Metric.COST) ? "USD" : null)
                .setLimit(decimal(limit))
                .setEnforcement(enforcement)
                .setVersion(1)
                .setCreatedAt(NEVER)
                .setUpdatedAt(NEVER);
        return quota.setPeriod(concurrent ? null : new Period(PeriodKind.DAY, 0L, 0L))
                .build();
    }

    /** Of a window that began an hour before {@code now} and ends 90.5 seconds after it. */
    static QuotaView view(Quota quota, String used, String reserved, long now) {
        Window window = new Window(now - 3_600 * SECOND, now + 90 * SECOND + SECOND / 2);
        return new QuotaView(
                quota,
                new StateName("acme", quota.getId(), null, null),
                window,
                Standing.of(quota, Decimal.parse(used), now),
                Decimal.parse(reserved),
                window.end());
    }

    public static boolean isAbove(String amount, ExactDecimal limit) {
        return Decimal.parse(amount).compareTo(Decimals.fromAvro(limit)) > 0;
    }

    public static ExactDecimal decimal(String text) {
        return Decimals.toAvro(Decimal.parse(text));
    }
}
