package io.tollgate.oracle;

import java.util.Locale;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * What {@code usage.events} says about one event.
 *
 * @param appendedAt LogAppendTime, epoch µs
 * @param kind usage, void, amend, rerate; unknown
 * @param row sequence of the ledger row that a re-rate is about
 */
record Submission(
        Position at,
        long appendedAt,
        String company,
        String kind,
        String source,
        String id,
        long fingerprint,
        int revision,
        @Nullable String correctionSource,
        @Nullable String correctionId,
        @Nullable String reason,
        @Nullable String authId,
        @Nullable Usage usage,
        @Nullable Integer row) {

    static Submission of(Position at, long appendedAt, GenericRecord record) {
        String kind = Fields.text(record, "kind").toLowerCase(Locale.ROOT);
        // What else says something of a usage says nothing.
        Object usage = kind.equals("usage") || kind.equals("amend") ? record.get("usage") : null;
        return new Submission(
                at,
                appendedAt,
                Fields.text(record, "company"),
                kind,
                Fields.text(record, "source"),
                Fields.text(record, "id"),
                (Long) record.get("fingerprint"),
                (Integer) record.get("revision"),
                Fields.textOrNull(record, "correction_source"),
                Fields.textOrNull(record, "correction_id"),
                Fields.textOrNull(record, "reason"),
                Fields.textOrNull(record, "auth_id"),
                usage == null ? null : Usage.of((GenericRecord) usage),
                (Integer) Fields.valueOrNull(record, "row"));
    }

    boolean is(String what) {
        return kind.equals(what);
    }

    /** For people. */
    String name() {
        return kind + " of " + company + " " + source + " " + id + " at " + at;
    }
}
