package io.tollgate.streams.quota;

import io.tollgate.avro.Quota;
import io.tollgate.avro.QuotaReset;
import io.tollgate.avro.QuotaState;
import io.tollgate.quota.Standing;
import io.tollgate.quota.StateName;
import io.tollgate.quota.Window;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.time.Duration;

/** Makes and reads the records of a quota's states and resets. Times are epoch µs. */
final class QuotaRecords {
    private static final long SHORTEST_STAY = Duration.ofHours(1).toMillis() * 1_000;
    private static final int WINDOW_END = 0;

    private QuotaRecords() {}

    static QuotaState state(
            Quota quota, StateName name, Window window, Standing standing, long resetsAt, long version, long now) {
        return QuotaState.newBuilder()
                .setQuota(quota.getId())
                .setCompany(name.company())
                .setUser(name.user())
                .setKey(name.key())
                .setMetric(quota.getMetric())
                .setCurrency(quota.getCurrency())
                .setUsed(Decimals.toAvro(standing.used()))
                .setLimit(Decimals.toAvro(standing.limit()))
                .setRemaining(Decimals.toAvro(standing.remaining()))
                .setStatus(standing.status())
                .setWindowStart(window.start())
                .setWindowEnd(window.end())
                .setResetsAt(resetsAt)
                .setVersion(version)
                .setChangedAt(now)
                .build();
    }

    /** By the window's end; one by hand has a number and a reason besides. */
    static QuotaReset reset(Quota quota, StateName name, Window window, Standing standing, long version, long now) {
        return QuotaReset.newBuilder()
                .setQuota(quota.getId())
                .setCompany(name.company())
                .setUser(name.user())
                .setKey(name.key())
                .setMetric(quota.getMetric())
                .setCurrency(quota.getCurrency())
                .setWindowStart(window.start())
                .setWindowEnd(window.end())
                .setNumber(WINDOW_END)
                .setUsed(Decimals.toAvro(standing.used()))
                .setLimit(Decimals.toAvro(standing.limit()))
                .setVersion(version)
                .setAt(now)
                .build();
    }

    static Decimal used(QuotaState state) {
        return Decimals.fromAvro(state.getUsed());
    }

    static boolean says(QuotaState state, Standing standing) {
        return used(state).equals(standing.used())
                && Decimals.fromAvro(state.getLimit()).equals(standing.limit())
                && state.getStatus() == standing.status();
    }

    /**
     * When time alone makes the state another one. One at 0 is taken out when another window's length has gone by after
     * it, and at least an hour.
     */
    static long due(QuotaState state) {
        long length = state.getWindowEnd() - state.getWindowStart();
        return used(state).isZero()
                ? Math.max(state.getWindowEnd() + length, state.getChangedAt() + SHORTEST_STAY)
                : state.getResetsAt();
    }
}
