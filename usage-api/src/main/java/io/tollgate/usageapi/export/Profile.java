package io.tollgate.usageapi.export;

import io.tollgate.usageapi.export.file.Column;
import java.util.List;

/** Which columns an export has. */
enum Profile {
    NATIVE("native"),
    FOCUS_1_2("focus-1.2"),
    FOCUS_1_4("focus-1.4");

    private final String word;

    Profile(String word) {
        this.word = word;
    }

    /** As in a query. */
    String word() {
        return word;
    }

    List<Column> columns() {
        return this == NATIVE ? NativeRows.COLUMNS : FocusColumns.of(this);
    }

    /** The rows. */
    ExportRows rows(String invoiceIssuer) {
        return this == NATIVE ? new NativeRows() : new FocusRows(this, invoiceIssuer);
    }

    /** Which column the file's own sums are made of. */
    String currencyColumn() {
        return this == NATIVE ? "currency" : "BillingCurrency";
    }

    String costColumn() {
        return this == NATIVE ? "cost" : "BilledCost";
    }

    /** Where a row has a list cost; FOCUS's own column is never empty. */
    String listCostColumn() {
        return this == NATIVE ? "list_cost" : "x_KnownListCost";
    }
}
