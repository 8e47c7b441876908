package io.tollgate.usageapi.export.period;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** Days of one month, half-open. */
public record PartOfMonth(LocalDate from, LocalDate to) {

    /** A range of days, cut where months begin. */
    public static List<PartOfMonth> of(LocalDate from, LocalDate to) {
        List<PartOfMonth> parts = new ArrayList<>();
        LocalDate at = from;
        while (at.isBefore(to)) {
            LocalDate next = YearMonth.from(at).plusMonths(1).atDay(1);
            LocalDate end = next.isBefore(to) ? next : to;
            parts.add(new PartOfMonth(at, end));
            at = end;
        }
        return parts;
    }

    public YearMonth month() {
        return YearMonth.from(from);
    }
}
