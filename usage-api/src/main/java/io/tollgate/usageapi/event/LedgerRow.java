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
        @Nullable String user,
        @Nullable Decimal cost,
        @Nullable Decimal listCost,
        @Nullable String currency,
        @Nullable Long priceVersion,
        List<Map<String, @Nullable Object>> lines) {

    static final String REVERSAL = "reversal";

    boolean isReversal() {
        return kind.equals(REVERSAL);
    }
}
