package io.tollgate.usageapi;

import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.topic.Topics;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** A row of the ledger with whatever an export looks at, as the sink writes it. */
final class BilledRows {
    private final UsageApiStack stack;

    BilledRows(UsageApiStack stack) {
        this.stack = stack;
    }

    /** What a row is of; the rest is the same for all. */
    record Row(
            String company,
            String id,
            int sequence,
            String kind,
            Instant eventTime,
            LocalDate bookedOn,
            int partition,
            long offset,
            String model,
            String labels,
            String lines,
            @Nullable String cost,
            @Nullable String listCost,
            boolean reduced) {

        static Row usage(String company, String id, String eventTime, String bookedOn, int partition, long offset) {
            return new Row(
                    company,
                    id,
                    0,
                    "usage",
                    Instant.parse(eventTime),
                    LocalDate.parse(bookedOn),
                    partition,
                    offset,
                    "gpt-4o",
                    "{}",
                    "[]",
                    "0",
                    "0",
                    false);
        }

        Row costing(String lines, @Nullable String costs, @Nullable String listCosts) {
            return new Row(
                    company, id, sequence, kind, eventTime, bookedOn, partition, offset, model, labels, lines, costs,
                    listCosts, reduced);
        }

        Row reversal(int number, int at, long in) {
            return new Row(
                    company,
                    id,
                    number,
                    "reversal",
                    eventTime,
                    bookedOn,
                    at,
                    in,
                    model,
                    labels,
                    lines,
                    cost,
                    listCost,
                    reduced);
        }

        Row bookedOn(String day) {
            return new Row(
                    company,
                    id,
                    sequence,
                    kind,
                    eventTime,
                    LocalDate.parse(day),
                    partition,
                    offset,
                    model,
                    labels,
                    lines,
                    cost,
                    listCost,
                    reduced);
        }

        Row labelled(String json) {
            return new Row(
                    company, id, sequence, kind, eventTime, bookedOn, partition, offset, model, json, lines, cost,
                    listCost, reduced);
        }

        Row withoutLines() {
            return new Row(
                    company, id, sequence, kind, eventTime, bookedOn, partition, offset, model, labels, "[]", cost,
                    listCost, true);
        }
    }

    /** A line of tokens, at the same price in the list and in fact. */
    static String line(String dimension, String quantity, String unitPrice, String cost) {
        return "{\"dimension\":\"" + dimension + "\",\"unit\":\"token\",\"quantity\":" + quantity + ",\"unit_price\":"
                + unitPrice + ",\"list_unit_price\":" + unitPrice + ",\"cost\":" + cost + ",\"list_cost\":" + cost
                + ",\"tier_from\":0}";
    }

    void add(Row... rows) {
        StringJoiner values = new StringJoiner(", ");
        for (Row row : rows) {
            values.add(values(row));
        }
        stack.sql(
                "INSERT INTO cost_calculations (booked_on, event_hash, sequence, kind, cause, corrects, revision, state,"
                        + " code, requests, event_time, booked_at, events_partition, events_offset, company, source, event_id,"
                        + " user_id, auth_id, provider, model, billable, labels, lines, tokens, cost, list_cost, currency,"
                        + " price_version, reduced) VALUES " + values);
    }

    private static String values(Row row) {
        boolean back = row.kind.equals("reversal");
        return "('" + row.bookedOn + "', '" + HexFormat.of().formatHex(EventHash.of(row.company, "s", row.id)) + "', "
                + row.sequence + ", '" + row.kind + "', '" + (back ? "void" : "usage") + "', " + (back ? "0" : "NULL")
                + ", 1, '" + (row.cost == null ? "unpriced" : "rated") + "', "
                + (row.cost == null ? "'no_price'" : "NULL") + ", " + (back ? -1 : 1) + ", '" + row.eventTime + "', '"
                + row.bookedOn + "T10:00:00Z', " + row.partition + ", " + row.offset + ", '" + row.company + "', 's', '"
                + row.id + "', 'u1', 'key_1', 'openai', '" + row.model + "', true, '" + row.labels + "', '" + row.lines
                + "', 0, " + row.cost + ", " + row.listCost + ", " + (row.cost == null ? "NULL" : "'USD'") + ", 7, "
                + row.reduced + ")";
    }

    void close(String month, String ends) {
        close(month, ends, stack.id(Topics.USAGE_EVENTS));
    }

    void close(String month, String ends, String topicId) {
        stack.sql("INSERT INTO billing_periods VALUES ('" + month + "-01', '{" + ends + "}', '" + topicId
                + "', now(), 1)");
    }
}
