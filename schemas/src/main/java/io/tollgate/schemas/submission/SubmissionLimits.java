package io.tollgate.schemas.submission;

import java.time.Duration;

/**
 * How much of anything one submission may hold. They also bound every record made from it: one that no producer may send
 * would stop its partition for good.
 */
public final class SubmissionLimits {
    /** Characters of a name or id, and of a label's value. */
    public static final int MAX_TEXT = 256;
    /** Characters of a correction's reason. */
    public static final int MAX_REASON = 1_024;
    /** Characters of the usage part that is kept of a vendor's body. */
    public static final int MAX_VENDOR_USAGE = 4_096;
    /** Characters of the name of a label or a dimension. */
    public static final int MAX_NAME = 64;

    public static final int MAX_DIMENSIONS = 64;
    /** What the client sends; the key's own come on top. */
    public static final int MAX_LABELS = 64;

    /** Digits of a quantity, decimals among them. */
    public static final int MAX_DIGITS = 38;

    public static final int MAX_DECIMALS = 12;

    public static final int MAX_STATUS = 999;
    public static final long MAX_LATENCY_MS = 1_000_000_000_000L;

    /** Revision of an event's first amend; the original is 1. */
    public static final int FIRST_AMEND = 2;

    /** How long ago an event may have been: within the time for which its id is known to have come or not. */
    public static final Duration MAX_AGE = Duration.ofDays(34);
    /** How far a client's clock may be ahead. */
    public static final Duration MAX_AHEAD = Duration.ofMinutes(15);

    private SubmissionLimits() {}
}
