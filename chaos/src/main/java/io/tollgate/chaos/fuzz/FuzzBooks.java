package io.tollgate.chaos.fuzz;

import io.tollgate.chaos.fuzz.TopicFuzz.Place;
import io.tollgate.chaos.fuzz.input.HostileRecords;
import io.tollgate.chaos.load.Canaries;
import io.tollgate.chaos.part.Database;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the books say of the ordinary load and of what was refused. */
final class FuzzBooks {
    private static final int MOST_TOLD = 10;

    private final Database database;

    FuzzBooks(Database database) {
        this.database = database;
    }

    /** Where the ordinary load is not what it was sent as, to the last digit; empty where it is. */
    List<String> canaries(long events) throws SQLException {
        BigDecimal cost = Canaries.COST.multiply(BigDecimal.valueOf(events));
        List<String> complaints = new ArrayList<>();
        try (Connection connection = database.connect()) {
            compare(
                    connection,
                    "cost_calculations",
                    "SELECT count(DISTINCT event_hash), sum(cost) FROM tollgate.cost_calculations WHERE company = ?",
                    events,
                    cost,
                    complaints);
            for (String table : List.of("usage_stats", "usage_stats_intraday")) {
                compare(
                        connection,
                        table,
                        "SELECT sum(requests), sum(cost) FROM tollgate." + table + " WHERE company = ?",
                        events,
                        cost,
                        complaints);
            }
            compare(
                    connection,
                    "quota_states",
                    "SELECT " + events + ", used FROM tollgate.quota_states WHERE company = ? AND quota = '"
                            + Canaries.QUOTA + "'",
                    events,
                    cost,
                    complaints);
            count(
                    connection,
                    "SELECT count(*) FROM tollgate.dead_letters WHERE company = ?",
                    "dead letters of the ordinary load",
                    complaints);
        }
        return complaints;
    }

    private static void compare(
            Connection connection, String table, String query, long events, BigDecimal cost, List<String> complaints)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setString(1, Canaries.COMPANY);
            try (ResultSet row = select.executeQuery()) {
                boolean isThere = row.next();
                long found = isThere ? row.getLong(1) : 0;
                BigDecimal sum = isThere ? row.getBigDecimal(2) : null;
                if (found != events || sum == null || sum.compareTo(cost) != 0) {
                    complaints.add(table + " has " + found + " events of the ordinary load for " + sum + ", and not "
                            + events + " for " + cost);
                }
            }
        }
    }

    private static void count(Connection connection, String query, String what, List<String> complaints)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setString(1, Canaries.COMPANY);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                if (row.getLong(1) != 0) {
                    complaints.add(row.getLong(1) + " " + what);
                }
            }
        }
    }

    /** Which of what holds no record is not a dead letter with a reason. */
    List<String> unburied(Map<Place, String> unreadable, Set<String> topics) throws SQLException {
        Map<Place, String> reasons = new HashMap<>();
        try (Connection connection = database.connect();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT origin_topic, origin_partition, origin_offset, code, detail FROM tollgate.dead_letters");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                reasons.put(
                        new Place(row.getString(1), row.getInt(2), row.getLong(3)),
                        row.getString(4) + row.getString(5));
            }
        }
        Map<String, Long> missing = new HashMap<>();
        List<String> complaints = new ArrayList<>();
        unreadable.forEach((place, what) -> {
            if (topics.contains(place.topic())
                    && reasons.getOrDefault(place, "").isBlank()) {
                missing.merge(place.topic(), 1L, Long::sum);
                if (complaints.size() < MOST_TOLD) {
                    complaints.add(place + ", " + what + ", is no dead letter");
                }
            }
        });
        if (!missing.isEmpty()) {
            complaints.add(0, "records that are no dead letters: " + missing);
        }
        return complaints;
    }

    /** What was refused and is there all the same: at the door, or out of the inbox. */
    List<String> refused(Collection<String> requests) throws SQLException {
        List<String> complaints = new ArrayList<>();
        try (Connection connection = database.connect()) {
            Array ids = connection.createArrayOf("text", new HashSet<>(requests).toArray());
            String refusedByHttp =
                    "SELECT event_id FROM tollgate.cost_calculations WHERE company = ? AND event_id = ANY (?) LIMIT 10";
            try (PreparedStatement select = connection.prepareStatement(refusedByHttp)) {
                select.setString(1, HostileRecords.COMPANY);
                select.setArray(2, ids);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        complaints.add("refused and in the ledger: " + row.getString(1));
                    }
                }
            }
            String buriedAndBooked =
                    "SELECT event_id FROM tollgate.dead_letters dead JOIN tollgate.cost_calculations row"
                            + " USING (company, source, event_id)"
                            + " WHERE dead.origin_topic = 'usage.inbox' LIMIT 10";
            try (PreparedStatement select = connection.prepareStatement(buriedAndBooked);
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    complaints.add("a dead letter of the inbox and in the ledger: " + row.getString(1));
                }
            }
        }
        return complaints;
    }
}
