package io.tollgate.usageapi.export;

import io.tollgate.usageapi.access.Caller;
import io.tollgate.usageapi.export.file.FileFormat;
import io.tollgate.usageapi.export.period.PartOfMonth;
import io.tollgate.usageapi.problem.Problem;
import io.tollgate.usageapi.problem.QueryParameters;
import io.tollgate.usageapi.problem.TimeParameter;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which file is wanted.
 *
 * @param from first billing day, in UTC
 * @param to the day behind the last
 * @param company null: all
 */
record ExportQuestion(
        LocalDate from, LocalDate to, FileFormat format, Profile profile, @Nullable String company, boolean gzip) {
    static final Set<String> PARAMETERS = Set.of("from", "to", "period", "format", "profile", "company", "gzip");

    /**
     * Reads a question from a query.
     *
     * @param oldest day whose rows the sink still has
     * @param takesGzip whether the caller would unpack it, where the query doesn't say
     */
    static ExportQuestion read(QueryParameters parameters, Caller caller, LocalDate oldest, boolean takesGzip) {
        FileFormat format = word(parameters, "format", FileFormat.values(), FileFormat::word);
        Profile profile = word(parameters, "profile", Profile.values(), Profile::word);
        PartOfMonth days = days(parameters);
        if (days.from().isBefore(oldest)) {
            throw Problem.parameter(
                    parameters.one("period") == null ? "from" : "period",
                    "beyond_retention",
                    "The ledger begins with " + oldest + "; what was before is deleted.");
        }
        String company = caller.limitedTo(parameters.one("company"));
        return new ExportQuestion(
                days.from(), days.to(), format, profile, company, gzip(parameters, format, takesGzip));
    }

    /** The months that it touches, cut to its days. */
    List<PartOfMonth> parts() {
        return PartOfMonth.of(from, to);
    }

    /** The month, where it is exactly one. */
    @Nullable
    YearMonth period() {
        YearMonth month = YearMonth.from(from);
        return from.getDayOfMonth() == 1 && month.plusMonths(1).atDay(1).equals(to) ? month : null;
    }

    ExportQuestion withGzip(boolean packed) {
        return new ExportQuestion(from, to, format, profile, company, packed);
    }

    /** What a file of it is called. */
    String fileName() {
        YearMonth month = period();
        String days = month == null ? from + "_" + to.minusDays(1) : month.toString();
        String whose = company == null ? "" : "-" + company.replaceAll("[^A-Za-z0-9._-]", "_");
        return "usage-" + days + whose + "-" + profile.word() + "." + format.word() + (gzip ? ".gz" : "");
    }

    private static PartOfMonth days(QueryParameters parameters) {
        LocalDate from = TimeParameter.day(parameters, "from");
        LocalDate to = TimeParameter.day(parameters, "to");
        String period = parameters.one("period");
        if (period != null) {
            if (from != null || to != null) {
                throw Problem.parameter(
                        "period", "invalid_parameter", "Ask for a `period`, or for days by `from` and `to`, not both.");
            }
            YearMonth month = month(period);
            return new PartOfMonth(month.atDay(1), month.plusMonths(1).atDay(1));
        }
        if (from == null || to == null) {
            throw Problem.parameter(
                    from == null ? "from" : "to",
                    "missing_parameter",
                    "Ask for a `period` like 2026-11, or for days by `from` and `to`.");
        }
        if (!from.isBefore(to)) {
            throw Problem.parameter("to", "invalid_range", "`to` (" + to + ") must be after `from` (" + from + ").");
        }
        return new PartOfMonth(from, to);
    }

    private static YearMonth month(String period) {
        try {
            return YearMonth.parse(period);
        } catch (DateTimeException e) {
            throw Problem.parameter(
                    "period", "invalid_time", "`period` is `" + period + "`; it needs a month like 2026-11.");
        }
    }

    private static boolean gzip(QueryParameters parameters, FileFormat format, boolean takesGzip) {
        String asked = parameters.one("gzip");
        if (asked == null) {
            return takesGzip && format.mayBeGzipped();
        }
        if (!asked.equals("true") && !asked.equals("false")) {
            throw Problem.parameter("gzip", "invalid_parameter", "`gzip` is true or false.");
        }
        if (asked.equals("true") && !format.mayBeGzipped()) {
            throw Problem.parameter("gzip", "invalid_parameter", "Parquet is packed already, each page by itself.");
        }
        return asked.equals("true");
    }

    /** The first of them where it is not said. */
    private static <T> T word(QueryParameters parameters, String name, T[] values, Function<T, String> word) {
        String asked = parameters.one(name);
        if (asked == null) {
            return values[0];
        }
        return Arrays.stream(values)
                .filter(value -> word.apply(value).equals(asked))
                .findFirst()
                .orElseThrow(() -> Problem.parameter(
                        name,
                        "invalid_parameter",
                        "`" + name + "` is one of "
                                + Arrays.stream(values).map(word).toList() + "."));
    }
}
