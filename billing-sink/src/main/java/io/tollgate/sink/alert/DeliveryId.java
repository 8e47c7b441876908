package io.tollgate.sink.alert;

import io.tollgate.schemas.CompositeKey;
import io.tollgate.schemas.RowId;

/** Names the bringing of one alert to one webhook: the header {@code webhook-id}, by which a receiver knows a repetition. */
final class DeliveryId {
    private DeliveryId() {}

    /** The same for the same two, in every sink and in books that are written again. */
    static String of(String alert, String webhook) {
        return "msg_" + RowId.of(CompositeKey.of(alert, webhook));
    }
}
