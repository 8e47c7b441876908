package io.tollgate.gateway.admin;

import io.tollgate.avro.AlertKind;
import io.tollgate.avro.PeriodKind;
import io.tollgate.schemas.decimal.Decimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a kind of alert rule has, and what is taken where nothing is said.
 *
 * @param windows it may count by; none where a quota's are watched
 * @param window the usual one
 * @param thresholds the usual ones; none where they must be given
 * @param mostThreshold null: no bound
 * @param isMoney whether it is about one currency
 * @param minimum the usual one, in that currency or in requests; null where there is none
 * @param baselineWindows the usual number; 0 where there is no baseline
 */
record AlertTerms(
        Set<PeriodKind> windows,
        @Nullable PeriodKind window,
        List<Decimal> thresholds,
        @Nullable Decimal mostThreshold,
        boolean isMoney,
        @Nullable Decimal minimum,
        int baselineWindows) {
    /** Totals are by quarter hour, so no alert rule counts by the minute. */
    private static final Set<PeriodKind> ANY =
            EnumSet.of(PeriodKind.HOUR, PeriodKind.DAY, PeriodKind.WEEK, PeriodKind.MONTH, PeriodKind.ROLLING);

    private static final Decimal ALL = Decimal.of(100);

    static AlertTerms of(AlertKind kind) {
        return switch (kind) {
            case QUOTA_SHARE -> ofQuota(List.of(Decimal.of(50), Decimal.of(80), ALL));
            case FORECAST -> ofQuota(List.of(ALL));
            case SPEND -> new AlertTerms(ANY, PeriodKind.DAY, List.of(), null, true, null, 0);
            case SPIKE -> new AlertTerms(ANY, PeriodKind.HOUR, List.of(Decimal.of(3)), null, true, Decimal.ONE, 24);
            case ERROR_SHARE ->
                new AlertTerms(ANY, PeriodKind.HOUR, List.of(Decimal.of(10)), ALL, false, Decimal.of(20), 0);
            case UNPRICED -> new AlertTerms(ANY, PeriodKind.DAY, List.of(Decimal.ONE), null, false, null, 0);
            case UNKNOWN -> throw new IllegalArgumentException("no rule is of an unknown kind");
        };
    }

    private static AlertTerms ofQuota(List<Decimal> thresholds) {
        return new AlertTerms(
                EnumSet.noneOf(PeriodKind.class), null, thresholds, Thresholds.MOST_PERCENT, false, null, 0);
    }

    boolean watchesQuotas() {
        return windows.isEmpty();
    }
}
