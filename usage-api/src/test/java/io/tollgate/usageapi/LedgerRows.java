package io.tollgate.usageapi;

import io.tollgate.schemas.EventHash;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;

/** Rows of the ledger, of outcomes and of what was accepted, as the sink writes them. Booked today: older days are kept only so long. */
final class LedgerRows {

    private final UsageApiStack stack;
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

    LedgerRows(UsageApiStack stack) {
        this.stack = stack;
    }

    /** The day that rows are booked on. */
    LocalDate today() {
        return today;
    }

    /** Where a submission lies in usage.events. */
    record At(int partition, long offset) {}

    /** What a row of the ledger is. */
    record Kind(int sequence, String kind, String cause, String corrects, int revision, String state) {
        static Kind usage(String state) {
            return new Kind(0, "usage", "usage", "NULL", 1, state);
        }

        static Kind reversal(int sequence, String cause, int corrects) {
            return new Kind(sequence, "reversal", cause, Integer.toString(corrects), 1, "rated");
        }

        static Kind replacement(int sequence, int corrects, int revision) {
            return new Kind(sequence, "replacement", "amend", Integer.toString(corrects), revision, "rated");
        }
    }

    void row(String company, String id, At at, Kind kind, String cost, String currency) {
        String lines =
                "[{\"dimension\": \"input\", \"unit\": \"token\", \"quantity\": 1200, \"unit_price\": 0.0000025, \"cost\": "
                        + (cost.equals("NULL") ? "null" : cost) + "}]";
        stack.sql(
                "INSERT INTO cost_calculations (booked_on, event_hash, sequence, kind, cause, corrects, reason, revision,"
                        + " state, code, requests, event_time, booked_at, events_partition, events_offset, company, source,"
                        + " event_id, user_id, auth_id, provider, model, operation, request_id, service_tier, region, variant,"
                        + " reservation, status, latency_ms, billable, labels, lines, tokens, cost, list_cost, currency,"
                        + " price_version, reduced) VALUES ('" + today + "', '" + hash(company, id) + "', "
                        + kind.sequence
                        + ", '" + kind.kind + "', '" + kind.cause + "', " + kind.corrects + ", 'a reason', "
                        + kind.revision
                        + ", '" + kind.state + "', " + (kind.state.equals("unpriced") ? "'no_price'" : "NULL") + ", "
                        + (kind.kind.equals("reversal") ? -1 : 1) + ", '" + today + "T09:00:00Z', '" + today
                        + "T10:00:0"
                        + kind.sequence + "Z', " + at.partition + ", " + at.offset + ", '" + company + "', 's', '" + id
                        + "', 'u1', 'key_1', 'openai', 'gpt-4o', NULL, NULL, NULL, NULL, NULL, NULL, 200, 12, true, '{}', '"
                        + lines + "', 1200, " + cost + ", " + cost + ", '" + currency + "', 7, false)");
    }

    void outcome(String company, String id, At at, String submission, String outcome) {
        stack.sql("INSERT INTO event_outcomes VALUES ('" + today + "', " + at.partition + ", " + at.offset + ", '"
                + today
                + "T11:00:00Z', '" + hash(company, id) + "', '" + company + "', 's', '" + id + "', '" + submission
                + "', '" + outcome + "', 1, NULL, NULL, NULL, NULL, 'a reason', 'key_1')");
    }

    void accepted(String company, int partition, long submissions) {
        stack.sql("INSERT INTO accepted_submissions VALUES ('" + today + "', '" + company + "', " + partition + ", "
                + submissions + ")");
    }

    void acceptedMinute(String company, int partition, String time, long submissions) {
        stack.sql("INSERT INTO accepted_minutes VALUES ('" + today + "T" + time + ":00Z', '" + company + "', "
                + partition + ", " + submissions + ")");
    }

    void progress(String topic, int partition, long nextOffset) {
        stack.sql("INSERT INTO sink_progress VALUES ('" + topic + "', " + partition + ", " + nextOffset
                + ", 'cluster', 'topic', now() - interval '1 hour')");
    }

    void dead(String topic, int partition, long offset, String company, String id) {
        stack.sql("INSERT INTO dead_letters VALUES ('" + topic + "', " + partition + ", " + offset
                + ", 'unreadable', 'no Avro record', '" + today + "T10:00:00Z', "
                + (company.isEmpty() ? "NULL, NULL, NULL" : "'" + company + "', 's', '" + id + "'") + ", '\\x00', '"
                + today + "T10:00:01Z')");
    }

    /** The audit's entry of a letter that went in again, by mia. */
    void replayed(long version, String letter, String action, String company, String id) {
        stack.sql("INSERT INTO audit_logs VALUES (" + version + ", 0, '" + today + "T10:00:0" + version
                + "Z', 'admin', 'mia', '10.0.0.1', 'req_1', '" + action + "', 'dead_letter', '" + letter + "', '"
                + company + "', NULL, '{\"source\": \"s\", \"id\": \"" + id + "\"}')");
    }

    /** Of a record whose company is all that could be read. */
    void deadUnnamed(String topic, int partition, long offset, String company) {
        dead(topic, partition, offset, company, "");
        stack.sql("UPDATE dead_letters SET source = NULL, event_id = NULL WHERE origin_topic = '" + topic
                + "' AND origin_partition = " + partition + " AND origin_offset = " + offset);
    }

    private static String hash(String company, String id) {
        return HexFormat.of().formatHex(EventHash.of(company, "s", id));
    }
}
