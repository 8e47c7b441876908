package io.tollgate.gateway.admission;

import io.tollgate.avro.Quota;
import io.tollgate.gateway.admin.Times;
import io.tollgate.quota.Metric;
import io.tollgate.quota.QuotaView;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a quota stands for the caller, as answers show it.
 *
 * @param used by what has happened
 * @param reserved by what is admitted and has not been counted yet
 * @param remaining what an admission may still ask for
 * @param resetsAt null of a concurrent quota, which has no windows
 */
record QuotaItem(
        String id,
        String metric,
        @Nullable String currency,
        @Nullable String user,
        @Nullable String key,
        String used,
        String reserved,
        String remaining,
        String limit,
        String status,
        String enforcement,
        @Nullable String resetsAt) {

    static QuotaItem of(QuotaView view) {
        Quota quota = view.quota();
        return new QuotaItem(
                quota.getId(),
                quota.getMetric(),
                quota.getCurrency(),
                view.name().user(),
                view.name().key(),
                view.standing().used().toString(),
                view.reserved().toString(),
                view.remaining().toString(),
                view.standing().limit().toString(),
                word(view.standing().status()),
                word(quota.getEnforcement()),
                isConcurrent(view) ? null : Times.text(view.resetsAt()));
    }

    /** Whether it counts what is open now, and no usage of any time. */
    static boolean isConcurrent(QuotaView view) {
        return view.quota().getMetric().equals(Metric.CONCURRENT);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
