package io.tollgate.usageapi.event;

import io.tollgate.schemas.decimal.Decimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of the ledger, as far as an event's history shows it.
 *
 * @param corrects sequence of the row that it corrects
 * @param lines members of each line item, numbers as exact text
 * @param vendor how a vendor's body was read; null: the sender counted
 */
record LedgerRow(
        int sequence,
        String kind,
        String cause,
        @Nullable Integer corrects,
        @Nullable String reason,
        int revision,
        String state,
        @Nullable String code,
        Instant bookedAt,
        Instant eventTime,
        String provider,
        String model,
        Variety variety,
        @Nullable String user,
        @Nullable Decimal cost,
        @Nullable Decimal listCost,
        @Nullable String currency,
        @Nullable Long priceVersion,
        List<Map<String, @Nullable Object>> lines,
        @Nullable Map<String, @Nullable Object> vendor) {

    /** What a price was looked for by, besides provider and model. */
    record Variety(
            @Nullable String requestModel,
            @Nullable String serviceTier,
            @Nullable String region,
            @Nullable String variant,
            @Nullable String speed) {
        static final Variety NONE = new Variety(null, null, null, null, null);
    }

    static final String REVERSAL = "reversal";

    boolean isReversal() {
        return kind.equals(REVERSAL);
    }
}
