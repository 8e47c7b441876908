package io.tollgate.streams.check;

import io.tollgate.schemas.submission.RejectionCode;

/**
 * Why a submission is not metered.
 *
 * @param code stable, from the list of rejection codes
 * @param detail what was wrong, with which value
 */
public record Refusal(String code, String detail) {
    private static final int LONGEST_TEXT = 512;

    public Refusal {
        detail = storable(detail);
    }

    public Refusal(RejectionCode code, String detail) {
        this(code.word(), detail);
    }

    /** An exception that is a bug of ours and no reason to stop a partition. */
    public static Refusal internal(RuntimeException bug) {
        return new Refusal("internal_error", bug.toString());
    }

    /** Over-long text and U+0000 may be the very reason for a refusal, and Postgres must take it all the same. */
    public static String storable(String text) {
        String cut = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
        return cut.replace('\0', '\uFFFD');
    }
}
