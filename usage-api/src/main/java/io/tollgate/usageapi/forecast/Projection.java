package io.tollgate.usageapi.forecast;

import io.tollgate.quota.RunRate;
import io.tollgate.quota.Window;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.usageapi.stats.Ratio;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where an amount will be at the period's end.
 *
 * @param projected null where there is too little to say so
 * @param low the least that any of the weeks would make of it; null where there are fewer than two
 * @param high the most
 */
record Projection(@Nullable Decimal projected, @Nullable Decimal low, @Nullable Decimal high) {
    private static final Projection NONE = new Projection(null, null, null);

    /** How it is made; each is said in the answer. */
    enum Method {
        /** Spent so far, and the mean of what the same weekdays and hours cost in the weeks before. Exact. */
        SAME_WEEKDAYS,
        /** Spent so far, going on at the same rate. Rounded. */
        STRAIGHT_LINE,
        /** Nothing yet: too little of the period has gone by, and there is no whole week before it. */
        TOO_EARLY
    }

    /**
     * How many of the weeks before are whole: 4, 2, 1 or none, so that a mean of them is exact. Usage that is older than
     * a week shows that the week is.
     */
    static int weeks(ForecastQuestion question, List<Instant> used) {
        Instant today = question.today().atStartOfDay(question.zone()).toInstant();
        return IntStream.of(4, 2, 1)
                .filter(weeks -> used.stream()
                        .anyMatch(day -> day.isBefore(
                                today.atZone(question.zone()).minusWeeks(weeks).toInstant())))
                .findFirst()
                .orElse(0);
    }

    static Method method(ForecastQuestion question, int weeks) {
        if (weeks > 0) {
            return Method.SAME_WEEKDAYS;
        }
        return micros(question.now()) < RunRate.from(window(question)) ? Method.TOO_EARLY : Method.STRAIGHT_LINE;
    }

    static Projection of(ForecastQuestion question, int weeks, History history) {
        return switch (method(question, weeks)) {
            case SAME_WEEKDAYS -> ofWeeks(question, weeks, history);
            case STRAIGHT_LINE ->
                new Projection(
                        RunRate.atEnd(history.spent(), window(question), micros(question.now()), Ratio.MONEY_PLACES),
                        null,
                        null);
            case TOO_EARLY -> NONE;
        };
    }

    private static Projection ofWeeks(ForecastQuestion question, int weeks, History history) {
        List<Decimal> ends = IntStream.rangeClosed(1, weeks)
                .mapToObj(week -> history.spent().plus(history.remainder(week, question.today(), question.daysLeft())))
                .toList();
        Decimal mean = ends.stream().reduce(Decimal.ZERO, Decimal::plus).times(Decimal.of(100 / weeks, 2));
        return weeks < 2
                ? new Projection(mean, null, null)
                : new Projection(
                        mean,
                        ends.stream().min(Comparator.naturalOrder()).orElseThrow(),
                        ends.stream().max(Comparator.naturalOrder()).orElseThrow());
    }

    private static Window window(ForecastQuestion question) {
        return new Window(micros(question.start()), micros(question.end()));
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
