package io.tollgate.bench.books;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** A table with the columns, indexes and partitions of the sink's ledger, for who writes the same rows otherwise. */
final class LedgerTwin {
    static final String NAME = "cost_calculations";

    private static final String LEDGER = "tollgate." + NAME;

    private LedgerTwin() {}

    /** Makes it in a schema of its own where it is not there, with a partition for each day that the ledger has. */
    static void make(Statement sql, String schema) throws SQLException {
        String table = schema + "." + NAME;
        sql.execute("CREATE SCHEMA IF NOT EXISTS " + schema);
        sql.execute("CREATE TABLE IF NOT EXISTS " + table + " (LIKE " + LEDGER
                + " INCLUDING ALL) PARTITION BY RANGE (booked_on)");
        for (LocalDate day : days(sql)) {
            String partition = schema + ".day_" + day.toString().replace('-', '_');
            sql.execute("CREATE TABLE IF NOT EXISTS " + partition + " PARTITION OF " + table + " FOR VALUES FROM ('"
                    + day + "') TO ('" + day.plusDays(1) + "')");
        }
    }

    private static List<LocalDate> days(Statement sql) throws SQLException {
        List<LocalDate> days = new ArrayList<>();
        try (ResultSet rows = sql.executeQuery("SELECT DISTINCT booked_on FROM " + LEDGER)) {
            while (rows.next()) {
                days.add(rows.getObject(1, LocalDate.class));
            }
        }
        return days;
    }
}
