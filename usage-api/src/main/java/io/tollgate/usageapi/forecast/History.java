package io.tollgate.usageapi.forecast;

import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.usageapi.stats.Measure;
import io.tollgate.usageapi.stats.StatsRow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one row of a forecast has used, in one measure.
 *
 * @param spent in the period, so far
 * @param byDay in the weeks before today
 * @param restsOfToday in what is left of today, on the same weekday of each week before, the last week first; empty
 *     where nothing is left
 */
record History(Decimal spent, Map<LocalDate, Decimal> byDay, List<Decimal> restsOfToday) {

    /**
     * What the remaining time cost in a week before.
     *
     * @param week 1 is the last one
     * @param daysLeft whole days after today; those beyond a week come round again
     */
    Decimal remainder(int week, LocalDate today, int daysLeft) {
        Decimal sum = restsOfToday.isEmpty() ? Decimal.ZERO : restsOfToday.get(week - 1);
        for (int day = 1; day <= daysLeft; day++) {
            LocalDate same = today.minusWeeks(week).plusDays(day % 7);
            sum = sum.plus(byDay.getOrDefault(same, Decimal.ZERO));
        }
        return sum;
    }

    /** Of one row: its days, and for each week before what came in the rest of that day. */
    static History of(ForecastQuestion question, Measure measure, List<StatsRow> days, List<List<StatsRow>> rests) {
        Decimal spent = Decimal.ZERO;
        Map<LocalDate, Decimal> byDay = new HashMap<>();
        for (StatsRow row : days) {
            Decimal amount = measure.orZero(row);
            LocalDate day = LocalDate.ofInstant(row.windowStart(), question.zone());
            if (!row.windowStart().isBefore(question.start())) {
                spent = spent.plus(amount);
            }
            if (day.isBefore(question.today())) {
                byDay.merge(day, amount, Decimal::plus);
            }
        }
        List<Decimal> sums = new ArrayList<>();
        for (List<StatsRow> rest : rests) {
            sums.add(rest.stream().map(measure::orZero).reduce(Decimal.ZERO, Decimal::plus));
        }
        return new History(spent, byDay, sums);
    }
}
