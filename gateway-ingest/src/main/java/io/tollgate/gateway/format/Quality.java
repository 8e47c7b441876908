package io.tollgate.gateway.format;

/** How far a reading can be trusted. */
public enum Quality {
    /** The body's counts fit each other. */
    COMPLETE,
    /** A stream that broke off: what is known is the least that was used. */
    PARTIAL,
    /** The counts contradict each other, and the vendor's documented default settles it: billed, and flagged. */
    SETTLED,
    /** The counts contradict each other and nothing settles it: nothing is billed. */
    INCONSISTENT,
    /** There is no usage in the body. */
    MISSING
}
