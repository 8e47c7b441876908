package io.tollgate.gateway.backbone;

/** What became of a record that was to be written. */
public enum Delivery {
    /** All in-sync copies have it. */
    ACKNOWLEDGED,
    /** It never left this process. */
    NOT_SENT,
    /** It may be there, or come yet. */
    UNKNOWN
}
