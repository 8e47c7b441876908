package io.tollgate.connect;

import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.UsageStats;
import java.util.stream.Stream;
import org.apache.kafka.connect.errors.DataException;

/** The tables that there are, with the columns of Tollgate's own tables of these names. */
final class Tables {
    private static final String RATED = RatedUsage.getClassSchema().getFullName();
    private static final String STATS = UsageStats.getClassSchema().getFullName();

    private final Table ledger;
    private final Table byDay;
    private final Table intraday;

    Tables(RowForm form) {
        Columns columns = new Columns(form);
        ledger = ledger(columns);
        byDay = totals("usage_stats", columns.day("date", "window_start"), columns);
        intraday = totals("usage_stats_intraday", columns.time("window_start"), columns);
    }

    /**
     * Where the record's row belongs.
     *
     * @throws DataException if it is no record of usage, or totals of a kind that came later than this
     */
    Table of(Usage usage) {
        String schema = usage.value().schema().name();
        if (RATED.equals(schema)) {
            return ledger;
        }
        if (!STATS.equals(schema)) {
            throw new DataException("a " + schema + ": neither " + RATED + " nor " + STATS);
        }
        String granularity = usage.text("granularity");
        return switch (granularity) {
            case "DAY" -> byDay;
            case "QUARTER_HOUR", "MINUTE" -> intraday;
            default -> throw new DataException("totals of a granularity that is not known here: " + granularity);
        };
    }

    Stream<Table> all() {
        return Stream.of(ledger, byDay, intraday);
    }

    private static Table ledger(Columns c) {
        return Table.of(
                "cost_calculations",
                c.day("booked_on", "booked_at"),
                c.eventHash("event_hash"),
                c.integer("sequence"),
                c.word("kind"),
                c.word("cause"),
                c.integer("corrects").optional(),
                c.text("reason").optional(),
                c.integer("revision"),
                c.word("state"),
                c.text("code").optional(),
                c.integer("requests"),
                c.time("event_time"),
                c.time("booked_at"),
                c.integer("events_partition"),
                c.bigint("events_offset"),
                c.text("company"),
                c.text("source"),
                c.text("event_id", "id"),
                c.text("user_id", "user").optional(),
                c.text("auth_id").optional(),
                c.text("provider"),
                c.text("model"),
                c.text("request_model").optional(),
                c.text("operation").optional(),
                c.text("request_id").optional(),
                c.text("service_tier").optional(),
                c.text("region").optional(),
                c.text("variant").optional(),
                c.text("speed").optional(),
                c.text("reservation").optional(),
                c.integer("status").optional(),
                c.bigint("latency_ms").optional(),
                c.truth("billable"),
                c.json("labels"),
                c.json("lines"),
                c.decimal("tokens"),
                c.decimal("cost").optional(),
                c.decimal("list_cost").optional(),
                c.text("currency").optional(),
                c.bigint("price_version").optional(),
                c.reading("vendor").optional(),
                c.json("over_quotas").optional());
    }

    private static Table totals(String name, Column window, Columns c) {
        return Table.of(
                name,
                c.rowId("row_id"),
                window,
                c.text("company"),
                c.text("user_id", "user").optional(),
                c.text("auth_id").optional(),
                c.text("provider"),
                c.text("model"),
                c.text("service_tier").optional(),
                c.json("labels"),
                c.text("currency").optional(),
                c.bigint("requests"),
                c.bigint("successes"),
                c.bigint("errors"),
                c.bigint("unpriced"),
                c.quantities("dimensions"),
                c.decimal("tokens"),
                c.decimal("cost"),
                c.decimal("list_cost"),
                c.json("latency_histogram"),
                c.bigint("version"));
    }
}
