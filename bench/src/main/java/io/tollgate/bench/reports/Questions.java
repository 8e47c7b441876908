package io.tollgate.bench.reports;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** What a dashboard and a finance person ask, of another company and month each time. */
final class Questions {

    /** @param path of one round: its random numbers choose whom and when it is about */
    record Question(String name, Function<Random, String> path) {}

    private final LocalDate thisMonth;

    Questions(LocalDate today) {
        this.thisMonth = today.withDayOfMonth(1);
    }

    List<Question> all() {
        return List.of(
                new Question(
                        "month by day and model, a company",
                        random -> stats("day", month(random), company(random) + "&group_by=model")),
                new Question(
                        "the same, days of Berlin",
                        random -> stats(
                                "day", month(random), company(random) + "&group_by=model&timezone=Europe/Berlin")),
                new Question(
                        "month against the one before by model, a company",
                        random -> stats("month", month(random), company(random) + "&group_by=model&compare=previous")),
                new Question(
                        "top 10 users of a month, a company",
                        random -> stats("month", month(random), company(random) + "&group_by=user&top=10")),
                new Question(
                        "show-back by team and cost center, a company",
                        random -> stats(
                                "month", month(random), company(random) + "&group_by=label:team,label:cost_center")),
                new Question(
                        "year by month and model, a company",
                        random -> stats("month", year(), company(random) + "&group_by=model")),
                new Question(
                        "today by hour and model, a company",
                        random -> "/v1/stats?window=hour&group_by=model&" + company(random)),
                new Question(
                        "forecast of this month by model, a company",
                        random -> "/v1/forecast?group_by=model&" + company(random)),
                new Question(
                        "forecast of this month in Berlin, a company",
                        random -> "/v1/forecast?timezone=Europe/Berlin&" + company(random)),
                new Question(
                        "OpenMeter: tokens by day and model, a company",
                        random -> "/api/v1/meters/tokens/query?windowSize=DAY&groupBy=model&" + range(month(random))
                                + "&filterCustomerId=" + Traffic.name(random.nextInt(Traffic.COMPANIES))),
                new Question(
                        "OpenMeter: input by hour of a day, a company",
                        random -> "/api/v1/meters/input/query?windowSize=HOUR&" + range(day(random))
                                + "&filterCustomerId=" + Traffic.name(random.nextInt(Traffic.COMPANIES))),
                new Question("month by company, all", random -> stats("month", month(random), "group_by=company")),
                new Question("month by day, all", random -> stats("day", month(random), "")),
                new Question("forecast of this month by company, all", random -> "/v1/forecast?group_by=company"),
                new Question(
                        "top 10 users of a month, all",
                        random -> stats("month", month(random), "group_by=user&top=10")),
                new Question("year by month and company, all", random -> stats("month", year(), "group_by=company")),
                new Question("year by month and model, all", random -> stats("month", year(), "group_by=model")),
                new Question(
                        "year by month, user and team, all",
                        random -> stats("month", year(), "group_by=user,label:team")));
    }

    private record Range(LocalDate from, LocalDate to) {}

    private static String stats(String window, Range range, String rest) {
        return "/v1/stats?window=" + window + "&" + range(range) + (rest.isEmpty() ? "" : "&" + rest);
    }

    private static String range(Range range) {
        return "from=" + range.from + "&to=" + range.to;
    }

    private Range month(Random random) {
        LocalDate month = thisMonth.minusMonths(random.nextInt(10));
        return new Range(month, month.plusMonths(1));
    }

    private Range day(Random random) {
        LocalDate day = thisMonth.minusDays(1 + random.nextInt(300));
        return new Range(day, day.plusDays(1));
    }

    private Range year() {
        return new Range(thisMonth.minusMonths(11), thisMonth.plusMonths(1));
    }

    private static String company(Random random) {
        return "company=" + Traffic.name(random.nextInt(Traffic.COMPANIES));
    }
}
