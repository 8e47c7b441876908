package io.tollgate.usageapi.quota;

import io.tollgate.avro.Period;
import io.tollgate.avro.Quota;
import io.tollgate.avro.QuotaState;
import io.tollgate.schemas.decimal.Decimals;
import org.jspecify.annotations.Nullable;

/**
 * How a quota stands for somebody by its record in {@code quota.states}: an item of {@code GET /v1/quotas} without what
 * open admissions hold.
 *
 * @param period null where the quota is not known (any more), as {@code enforcement} is
 */
public record StateItem(
        String id,
        String company,
        @Nullable String user,
        @Nullable String key,
        String metric,
        @Nullable String currency,
        @Nullable String period,
        @Nullable String enforcement,
        String used,
        String limit,
        String remaining,
        String status,
        String windowStart,
        String windowEnd,
        String resetsAt,
        String asOf) {

    public static StateItem of(QuotaState state, @Nullable Quota quota) {
        Period period = quota == null ? null : quota.getPeriod();
        return new StateItem(
                state.getQuota(),
                state.getCompany(),
                state.getUser(),
                state.getKey(),
                state.getMetric(),
                state.getCurrency(),
                period == null ? null : QuotasBody.word(period.getKind()),
                quota == null ? null : QuotasBody.word(quota.getEnforcement()),
                Decimals.fromAvro(state.getUsed()).toString(),
                Decimals.fromAvro(state.getLimit()).toString(),
                Decimals.fromAvro(state.getRemaining()).toString(),
                QuotasBody.word(state.getStatus()),
                QuotasBody.text(state.getWindowStart()),
                QuotasBody.text(state.getWindowEnd()),
                QuotasBody.text(state.getResetsAt()),
                QuotasBody.text(state.getChangedAt()));
    }
}
