package io.tollgate.usageapi;

import java.util.UUID;

/** Rows of the stats tables, as the sink writes them. */
final class StatsRows {
    private StatsRows() {}

    /** A row of a quarter hour, and of its UTC day. */
    static void insert(UsageApiStack stack, String windowStart, Row row) {
        stack.sql("INSERT INTO usage_stats_intraday (row_id, window_start, " + COLUMNS + ") VALUES ('"
                + UUID.randomUUID() + "', '" + windowStart + "', " + row.values() + ")");
        stack.sql("INSERT INTO usage_stats (row_id, date, " + COLUMNS + ") VALUES ('" + UUID.randomUUID() + "', ('"
                + windowStart + "'::timestamptz AT TIME ZONE 'UTC')::date, " + row.values() + ")");
    }

    private static final String COLUMNS = "company, user_id, auth_id, provider, model, service_tier, labels, currency,"
            + " requests, successes, errors, unpriced, dimensions, tokens, cost, list_cost, latency_histogram, version";

    /** What a test says of a row; the rest is as good as any. */
    record Row(
            String company,
            String user,
            String model,
            String team,
            String currency,
            String input,
            String cost,
            int unpriced) {

        static Row of(String company, String model, String cost) {
            return new Row(company, "u1", model, "search", "USD", "10", cost, 0);
        }

        Row user(String user) {
            return new Row(company, user, model, team, currency, input, cost, unpriced);
        }

        Row team(String team) {
            return new Row(company, user, model, team, currency, input, cost, unpriced);
        }

        Row currency(String currency) {
            return new Row(company, user, model, team, currency, input, cost, unpriced);
        }

        Row input(String input) {
            return new Row(company, user, model, team, currency, input, cost, unpriced);
        }

        /** How many of its two requests have no price. */
        Row unpriced(int unpriced) {
            return new Row(company, user, model, team, currency, input, cost, unpriced);
        }

        private String values() {
            return "'" + company + "', " + (user.isEmpty() ? "NULL" : "'" + user + "'") + ", 'key_1', 'openai', '"
                    + model + "', NULL, '{\"team\": \"" + team + "\"}', '" + currency
                    + "', 2, 1, 1, " + unpriced + ", '{\"input\": " + input + "}', " + input + ", " + cost + ", " + cost
                    + ", '{}', 1";
        }
    }
}
