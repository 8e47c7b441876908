package io.tollgate.usageapi.export;

import io.tollgate.usageapi.database.Sql;
import io.tollgate.usageapi.export.period.ClosedPeriod;
import io.tollgate.usageapi.export.period.ClosedPeriods;
import io.tollgate.usageapi.export.period.PartOfMonth;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of the ledger are billed on some days of a month: the SQL of what {@link ClosedPeriods} decides row by row.
 *
 * @param company null: all
 */
record Selection(PartOfMonth part, ClosedPeriods periods, @Nullable String company) {
    /**
     * What is billed on a day was booked on it or later, but for an event whose clock is a quarter of an hour ahead, and for
     * adjustments of a gateway whose clock was ahead of the brokers' when it closed a month.
     */
    private static final int BOOKED_BEFORE_AT_MOST = 2;

    /** {@code FROM … WHERE …}: the ledger's columns, and beside them {@code billing_day} and {@code adjustment}. */
    Sql from() {
        return from("");
    }

    /**
     * The same with something joined.
     *
     * @param join to the selected rows, which are called {@code billed}
     */
    Sql from(String join) {
        LocalDate first = part.month().atDay(1);
        Sql sql = new Sql()
                .append(" FROM (SELECT *, event_time < ")
                .bind(utc(first))
                .append(" AS adjustment, CASE WHEN event_time >= ")
                .bind(utc(first))
                .append(" THEN (event_time AT TIME ZONE 'UTC')::date ELSE least(greatest(booked_on, ")
                .bind(first)
                .append("::date), ")
                .bind(part.month().atEndOfMonth())
                .append("::date) END AS billing_day FROM cost_calculations WHERE booked_on >= ")
                .bind(part.from().minusDays(BOOKED_BEFORE_AT_MOST))
                .append(" AND event_time < ")
                .bind(utc(part.month().plusMonths(1).atDay(1)));
        ordinaryOrLate(sql, first);
        ClosedPeriod closing = periods.closingOf(part.month());
        if (closing != null) {
            sql.append(" AND events_offset < ");
            end(sql, closing);
        }
        if (company != null) {
            sql.append(" AND company = ").bind(company);
        }
        return sql.append(") billed")
                .append(join)
                .append(" WHERE billing_day >= ")
                .bind(part.from())
                .append(" AND billing_day < ")
                .bind(part.to());
    }

    /** Of the month's own events, or of an earlier month's that missed the last closing before this month. */
    private void ordinaryOrLate(Sql sql, LocalDate first) {
        YearMonth before = part.month().minusMonths(1);
        ClosedPeriod missed = periods.recordOf(before);
        sql.append(" AND (event_time >= ").bind(utc(first));
        if (missed != null) {
            sql.append(" OR events_offset >= ");
            end(sql, missed);
        }
        sql.append(")");
    }

    private static void end(Sql sql, ClosedPeriod closing) {
        sql.append("coalesce((")
                .bindArray(
                        "bigint",
                        closing.endOffsets().stream().map(String::valueOf).toList())
                .append(")[events_partition + 1], 0)");
    }

    private static OffsetDateTime utc(LocalDate day) {
        return day.atStartOfDay().atOffset(ZoneOffset.UTC);
    }
}
