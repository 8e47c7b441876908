package io.tollgate.connect;

import org.jspecify.annotations.Nullable;

/**
 * How values are written that databases have in more than one way.
 *
 * @param decimalScale decimals of every amount; null: each has its own
 */
record RowForm(Timestamps timestamps, @Nullable Integer decimalScale) {

    /** What a point in time is in Connect. */
    enum Timestamps {
        /** Connect's own, which every sink knows: to the millisecond. */
        CONNECT,
        /** Debezium's, with a zone: to the microsecond, as events have it. */
        DEBEZIUM
    }
}
