package io.tollgate.usageapi.export;

import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.usageapi.export.file.Column;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is in an export.
 *
 * @param export its id: the file's ETag, and what it is asked for again by
 * @param schemaVersion of this and of the columns; it changes where a reader might have to
 * @param period where the days are a whole month
 * @param closed whether all its months are closed: it will be the same byte for byte, whenever it is asked for
 * @param rows of the file
 * @param ledgerRows of the ledger that are in it
 * @param adjustments of those, what is of a month that was closed before it came
 * @param unpriced requests whose cost is not known; the native profile has their rows, FOCUS has none
 * @param usageMissing requests that nothing is known of but that they were; likewise
 * @param withoutListCost ledger rows that cost something and have no list cost
 * @param sums of cost and list cost, by currency
 * @param watermark everything that was acknowledged before then is in; null where Kafka did not say
 * @param sha256 of the file as delivered
 * @param plainSize unpacked
 */
record Manifest(
        String export,
        String schemaVersion,
        String profile,
        String format,
        boolean gzip,
        String from,
        String to,
        @Nullable String period,
        @Nullable String company,
        boolean closed,
        long rows,
        long ledgerRows,
        long adjustments,
        long unpriced,
        long usageMissing,
        long withoutListCost,
        List<Sum> sums,
        @Nullable String watermark,
        String asOf,
        String file,
        long size,
        String sha256,
        long plainSize,
        String plainSha256,
        List<ColumnOf> columns) {
    static final String SCHEMA_VERSION = "1";

    /** Of one currency. */
    record Sum(String currency, String cost, String listCost) {}

    /** A column, in the file's order. */
    record ColumnOf(String name, String type, boolean nullable) {
        static ColumnOf of(Column column) {
            return new ColumnOf(column.name(), column.type().name().toLowerCase(Locale.ROOT), column.nullable());
        }
    }

    static List<Sum> sums(Totals.Money money) {
        return money.costs().entrySet().stream()
                .map(cost -> new Sum(
                        cost.getKey(),
                        Decimal.of(cost.getValue()).toString(),
                        Decimal.of(money.listCosts().getOrDefault(cost.getKey(), BigDecimal.ZERO))
                                .toString()))
                .toList();
    }
}
