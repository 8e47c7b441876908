package io.tollgate.usageapi.stats;

import java.time.Instant;
import java.util.List;

/** A share of an answer that one table has. Windows are known by their number in the question, from 1. */
sealed interface Part {

    /** One of the tables of totals. */
    enum Table {
        DAYS("usage_stats"),
        BY_MONTH("usage_stats_by_month"),
        BY_COMPANY_AND_MODEL("usage_stats_by_company_and_model"),
        BY_COMPANY_MODEL_AND_MONTH("usage_stats_by_company_model_and_month"),
        BY_MODEL("usage_stats_by_model"),
        BY_MODEL_AND_MONTH("usage_stats_by_model_and_month"),
        BY_COMPANY("usage_stats_by_company"),
        BY_COMPANY_AND_MONTH("usage_stats_by_company_and_month"),
        CHANGES("usage_stats_changes"),
        QUARTER_HOURS("usage_stats_intraday");

        private final String table;

        Table(String table) {
            this.table = table;
        }

        @Override
        public String toString() {
            return table;
        }

        /** Whether rows know the UTC day, or the first one of the month, rather than a moment. */
        boolean isByDate() {
            return this != QUARTER_HOURS;
        }
    }

    /** Where it is. */
    Table table();

    /** Whether some of the rows are to be taken away. */
    boolean isSigned();

    /**
     * All rows of {@code [from, to)}.
     *
     * @param starts of the windows, as far as this table can tell them apart
     */
    record Range(Table table, List<Instant> starts, Instant from, Instant to) implements Part {
        @Override
        public boolean isSigned() {
            return table == Table.CHANGES;
        }
    }

    /** Quarter hours that other parts have in the wrong window. */
    record Shifts(List<Shift> shifts) implements Part {
        @Override
        public Table table() {
            return Table.QUARTER_HOURS;
        }

        @Override
        public boolean isSigned() {
            return true;
        }
    }

    /**
     * Quarter hours of {@code [from, to)}, into a window or out of it.
     *
     * @param sign 1, -1
     */
    record Shift(Instant from, Instant to, int window, int sign) {}
}
