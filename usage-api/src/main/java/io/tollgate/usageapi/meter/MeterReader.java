package io.tollgate.usageapi.meter;

import io.tollgate.usageapi.database.Sql;
import io.tollgate.usageapi.stats.StatsQuestion;
import io.tollgate.usageapi.stats.StatsReader;
import io.tollgate.usageapi.stats.StatsRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks PostgreSQL what a meter shows, and which dimensions there are. */
final class MeterReader {
    /** Dimensions that were used in so many days are listed; any other can be asked for all the same. */
    private static final int LISTED_DAYS = 35;

    private final StatsReader stats;
    private final Clock clock;
    private final Duration intradayKept;

    MeterReader(StatsReader stats, Clock clock, Duration intradayKept) {
        this.stats = stats;
        this.clock = clock;
        this.intradayKept = intradayKept;
    }

    MeterAnswer read(Connection connection, MeterQuestion question, @Nullable String company) throws SQLException {
        Instant earliest = question.from() == null ? earliest(connection, company) : Instant.EPOCH;
        StatsQuestion totals = question.totals(earliest, clock.instant(), intradayKept);
        Meter meter = question.meter();
        List<StatsRow> rows = meter instanceof Meter.Dimension dimension
                ? stats.quantities(connection, totals, dimension.name())
                : stats.read(connection, totals, Set.of()).rows();
        return new MeterAnswer(question, totals.windows(), rows);
    }

    private Instant earliest(Connection connection, @Nullable String company) throws SQLException {
        Sql sql = new Sql().append("SELECT min(date) FROM usage_stats");
        if (company != null) {
            sql.append(" WHERE company = ").bind(company);
        }
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet row = statement.executeQuery()) {
            row.next();
            LocalDate first = row.getObject(1, LocalDate.class);
            LocalDate day = first == null ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) : first;
            return day.atStartOfDay(ZoneOffset.UTC).toInstant();
        }
    }

    List<String> dimensions(Connection connection, @Nullable String company) throws SQLException {
        Sql sql = new Sql()
                .append("SELECT DISTINCT jsonb_object_keys(dimensions) FROM usage_stats WHERE date >= ")
                .bind(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(LISTED_DAYS));
        if (company != null) {
            sql.append(" AND company = ").bind(company);
        }
        List<String> dimensions = new ArrayList<>();
        try (PreparedStatement statement = sql.append(" ORDER BY 1").prepare(connection);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                dimensions.add(row.getString(1));
            }
        }
        return dimensions;
    }
}
