package io.tollgate.usageapi.export;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * What was used of one thing at one price on one UTC day, summed up: a row of FOCUS before it has FOCUS's words.
 *
 * @param day of the usage
 * @param billed the month that it is billed in
 * @param adjustment whether that is a later one, since the day's own was closed
 * @param currency null where nothing has a price
 * @param labels as JSON
 * @param line null for ledger rows that PostgreSQL took without their lines
 * @param cost what the company is charged
 * @param listCost null where a list price is not known
 * @param rows lines, or ledger rows without lines, that are in the sums
 */
record FocusCharge(
        LocalDate day,
        YearMonth billed,
        boolean adjustment,
        String company,
        @Nullable String user,
        @Nullable String authId,
        Sku sku,
        String labels,
        @Nullable String currency,
        @Nullable Line line,
        BigDecimal cost,
        @Nullable BigDecimal listCost,
        long rows) {

    /** What is sold, apart from what of it is counted. */
    record Sku(
            String provider,
            String model,
            @Nullable String serviceTier,
            @Nullable String region,
            @Nullable String variant) {}

    /**
     * What was counted.
     *
     * @param tierFrom of the price: tokens from which on it holds
     * @param unitPrice what one unit is charged with, multipliers included
     * @param listUnitPrice the same of the list; null where it is not known
     */
    record Line(
            String dimension,
            String unit,
            BigDecimal quantity,
            @Nullable BigDecimal tierFrom,
            BigDecimal unitPrice,
            @Nullable BigDecimal listUnitPrice) {}
}
