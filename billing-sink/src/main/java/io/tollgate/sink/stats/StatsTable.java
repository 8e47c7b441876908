package io.tollgate.sink.stats;

import io.tollgate.avro.Granularity;
import io.tollgate.avro.UsageStats;
import io.tollgate.sink.batch.TextColumns;
import io.tollgate.sink.text.ByteText;
import io.tollgate.sink.text.Calendar;
import io.tollgate.sink.text.Json;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** One of the two tables of totals; they differ in their window's column alone. */
enum StatsTable {
    BY_DAY("usage_stats", "date", "date"),
    INTRADAY("usage_stats_intraday", "window_start", "timestamptz");

    private static final String COLUMNS = "company, user_id, auth_id, provider, model, service_tier, labels, currency,"
            + " requests, successes, errors, unpriced, dimensions, tokens, cost, list_cost, latency_histogram, version";
    private static final int COUNT = 20;

    private final String upsert;

    StatsTable(String table, String window, String windowType) {
        upsert = "INSERT INTO " + table + " AS kept (row_id, " + window + ", " + COLUMNS + ")"
                + " SELECT row_id::uuid, start::" + windowType + ", company, user_id, auth_id, provider, model,"
                + " service_tier, labels::jsonb, currency, requests::bigint, successes::bigint, errors::bigint,"
                + " unpriced::bigint, dimensions::jsonb, tokens::numeric, cost::numeric, list_cost::numeric,"
                + " latency_histogram::bigint[], version::bigint"
                + " FROM " + TextColumns.unnest(COUNT) + " AS rows (row_id, start, " + COLUMNS + ") ORDER BY row_id"
                + " ON CONFLICT (row_id) DO UPDATE SET (requests, successes, errors, unpriced, dimensions, tokens, cost,"
                + " list_cost, latency_histogram, version, updated_at) = (excluded.requests, excluded.successes,"
                + " excluded.errors, excluded.unpriced, excluded.dimensions, excluded.tokens, excluded.cost,"
                + " excluded.list_cost, excluded.latency_histogram, excluded.version, now())"
                + " WHERE kept.version < excluded.version";
    }

    static StatsTable of(Granularity granularity) {
        return granularity == Granularity.DAY ? BY_DAY : INTRADAY;
    }

    void upsert(Connection connection, SortedMap<String, UsageStats> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        TextColumns columns = new TextColumns();
        ByteText scratch = new ByteText(256);
        rows.forEach((id, row) -> columns.add(
                id,
                text(scratch, out -> window(row, out)),
                row.getCompany(),
                row.getUser(),
                row.getAuthId(),
                row.getProvider(),
                row.getModel(),
                row.getServiceTier(),
                text(scratch, out -> Json.plain(out).strings(row.getLabels())),
                row.getCurrency(),
                Long.toString(row.getRequests()),
                Long.toString(row.getSuccesses()),
                Long.toString(row.getErrors()),
                Long.toString(row.getUnpriced()),
                text(scratch, out -> Json.plain(out).quantities(row.getDimensions())),
                text(scratch, out -> out.decimal(row.getTokens())),
                text(scratch, out -> out.decimal(row.getCost())),
                text(scratch, out -> out.decimal(row.getListCost())),
                row.getLatencyHistogram().stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}")),
                Long.toString(row.getVersion())));
        columns.execute(connection, upsert);
    }

    private void window(UsageStats row, ByteText out) {
        if (this == BY_DAY) {
            Calendar.date(Calendar.dayOf(row.getWindowStart()), out);
        } else {
            Calendar.timestamp(row.getWindowStart(), out);
        }
    }

    private static String text(ByteText scratch, Consumer<ByteText> writing) {
        scratch.clear();
        writing.accept(scratch);
        return scratch.toString();
    }
}
