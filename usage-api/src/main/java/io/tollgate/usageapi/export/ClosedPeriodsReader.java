package io.tollgate.usageapi.export;

import io.tollgate.usageapi.export.period.ClosedPeriod;
import io.tollgate.usageapi.export.period.ClosedPeriods;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** Reads which months are closed. */
final class ClosedPeriodsReader {
    private ClosedPeriodsReader() {}

    static ClosedPeriods read(Connection connection) throws SQLException {
        List<ClosedPeriod> closings = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                        "SELECT month, end_offsets, events_topic_id FROM billing_periods ORDER BY month");
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                Array ends = found.getArray("end_offsets");
                closings.add(new ClosedPeriod(
                        YearMonth.from(found.getObject("month", LocalDate.class)),
                        List.of((Long[]) ends.getArray()),
                        found.getString("events_topic_id")));
            }
        }
        return new ClosedPeriods(closings);
    }
}
