package io.tollgate.bench.load;

import io.tollgate.avro.Enforcement;
import io.tollgate.avro.Period;
import io.tollgate.avro.PeriodKind;
import io.tollgate.avro.Quota;
import io.tollgate.avro.Scope;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.serde.AvroGuards;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What limits a caller: a company's month, each user's tokens and each key's requests, and one model's cost. */
public final class Budgets {
    public static final String COMPANY = "company-admissions";
    public static final String AUTH_ID = "key_admissions";
    public static final int USERS = 100;

    private Budgets() {}

    /** Hard ones, of which there is so much that nothing is ever denied. */
    public static List<Quota> ample() {
        AvroGuards.set();
        return List.of(
                quota("month", null, null, null, "cost", PeriodKind.MONTH, 1_000_000_000_000L),
                quota("users", "*", null, null, "tokens", PeriodKind.DAY, 1_000_000_000_000L),
                quota("keys", null, "*", null, "requests", PeriodKind.MINUTE, 1_000_000_000L),
                quota("model", null, null, "gpt-4o", "cost", PeriodKind.DAY, 1_000_000_000_000L));
    }

    /** One that is used up by a call. */
    public static Quota scarce() {
        AvroGuards.set();
        return quota("scarce", null, null, null, "tokens", PeriodKind.DAY, 1);
    }

    private static Quota quota(
            String id,
            @Nullable String user,
            @Nullable String key,
            @Nullable String model,
            String metric,
            PeriodKind period,
            long limit) {
        return Quota.newBuilder()
                .setId(id)
                .setScope(new Scope(COMPANY, user, key, null, model))
                .setMetric(metric)
                .setCurrency(metric.equals("cost") ? "USD" : null)
                .setLimit(Decimals.toAvro(Decimal.of(limit)))
                .setPeriod(new Period(period, 0L, 0L))
                .setEnforcement(Enforcement.HARD)
                .setVersion(1)
                .setCreatedAt(0)
                .setUpdatedAt(0)
                .build();
    }
}
