package io.tollgate.usageapi.event;

import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.usageapi.dead.EventLetter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is answered. Amounts are of the row in force; a voided event costs 0, one that can't be priced null.
 *
 * @param history the ledger's rows, oldest first
 * @param outcomes of submissions that are not simply rated, oldest first, without duplicates and conflicts
 * @param deadLetters what was said of it and could not be done, and whether that went in again
 */
record EventBody(
        String company,
        String source,
        String id,
        String state,
        @Nullable String code,
        int revision,
        @Nullable String eventTime,
        @Nullable String provider,
        @Nullable String model,
        @Nullable String requestModel,
        @Nullable String serviceTier,
        @Nullable String region,
        @Nullable String variant,
        @Nullable String speed,
        @Nullable String user,
        @Nullable String cost,
        @Nullable String listCost,
        @Nullable String currency,
        List<Map<String, @Nullable Object>> lines,
        @Nullable Long priceVersion,
        @Nullable Map<String, @Nullable Object> vendor,
        long duplicates,
        long conflicts,
        List<Entry> history,
        List<Submission> outcomes,
        List<EventLetter> deadLetters) {

    /** A row of the ledger. */
    record Entry(
            int sequence,
            String bookedAt,
            String kind,
            String cause,
            @Nullable Integer corrects,
            @Nullable String reason,
            int revision,
            String state,
            @Nullable String code,
            String provider,
            String model,
            @Nullable String requestModel,
            @Nullable String serviceTier,
            @Nullable String region,
            @Nullable String variant,
            @Nullable String speed,
            @Nullable String cost,
            @Nullable String listCost,
            @Nullable String currency,
            @Nullable Long priceVersion,
            @Nullable Map<String, @Nullable Object> vendor) {

        static Entry of(LedgerRow row) {
            return new Entry(
                    row.sequence(),
                    row.bookedAt().toString(),
                    row.kind(),
                    row.cause(),
                    row.corrects(),
                    row.reason(),
                    row.revision(),
                    row.state(),
                    row.code(),
                    row.provider(),
                    row.model(),
                    row.variety().requestModel(),
                    row.variety().serviceTier(),
                    row.variety().region(),
                    row.variety().variant(),
                    row.variety().speed(),
                    Decimals.textOrNull(row.cost()),
                    Decimals.textOrNull(row.listCost()),
                    row.currency(),
                    row.priceVersion(),
                    row.vendor());
        }
    }

    /** What became of a submission. */
    record Submission(
            String bookedAt,
            String submission,
            String outcome,
            int revision,
            @Nullable String code,
            @Nullable String detail,
            @Nullable String reason,
            @Nullable String correctionSource,
            @Nullable String correctionId) {

        static Submission of(OutcomeRow row) {
            return new Submission(
                    row.bookedAt().toString(),
                    row.submission(),
                    row.outcome(),
                    row.revision(),
                    row.code(),
                    row.detail(),
                    row.reason(),
                    row.correctionSource(),
                    row.correctionId());
        }
    }

    static EventBody of(String company, String source, String id, EventState state, EventRecords records) {
        List<LedgerRow> ledger = records.ledger();
        LedgerRow inForce = state.inForce();
        LedgerRow last = inForce != null ? inForce : ledger.isEmpty() ? null : ledger.get(ledger.size() - 1);
        LedgerRow.Variety variety = last == null ? LedgerRow.Variety.NONE : last.variety();
        boolean voided = state.word().equals("voided");
        return new EventBody(
                company,
                source,
                id,
                state.word(),
                inForce == null ? null : inForce.code(),
                last == null ? 1 : last.revision(),
                last == null ? null : last.eventTime().toString(),
                last == null ? null : last.provider(),
                last == null ? null : last.model(),
                variety.requestModel(),
                variety.serviceTier(),
                variety.region(),
                variety.variant(),
                variety.speed(),
                last == null ? null : last.user(),
                voided ? "0" : inForce == null ? null : Decimals.textOrNull(inForce.cost()),
                voided ? "0" : inForce == null ? null : Decimals.textOrNull(inForce.listCost()),
                last == null ? null : last.currency(),
                inForce == null ? List.of() : inForce.lines(),
                inForce == null ? null : inForce.priceVersion(),
                last == null ? null : last.vendor(),
                records.duplicates(),
                records.conflicts(),
                ledger.stream().map(Entry::of).toList(),
                records.outcomes().stream().map(Submission::of).toList(),
                records.deadLetters());
    }
}
