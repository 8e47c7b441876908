package io.tollgate.schemas.submission;

import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Usage;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import org.jspecify.annotations.Nullable;

/** What can be asked of a part of a submission by itself. Pure. */
public final class SubmissionRules {
    private static final int FIRST_ERROR_STATUS = 400;
    /** Spelled-out zeros included; beyond it a short record would become a long number when it is read. */
    private static final int WIDEST_SCALE = 64;

    private static final int WIDEST_INTEGER_BYTES = 32;

    private SubmissionRules() {}

    /** False for U+0000, which PostgreSQL has no place for, and for half a surrogate pair, which UTF-8 has none for. */
    public static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                boolean paired = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!paired) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** Whether the name is of a-z, 0-9 and _; its length is another question. */
    public static boolean isDimension(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
            if (!plain) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** Whether a decimal of a stranger's record is one, and no longer than any that is taken: only then may it be read. */
    public static boolean isReadable(ExactDecimal value) {
        return Decimals.isWithin(value, WIDEST_SCALE, WIDEST_INTEGER_BYTES);
    }

    /** Why {@code value} is no quantity, or null if it is one. */
    public static @Nullable String objection(Decimal value) {
        if (value.signum() < 0) {
            return "is negative; a quantity counts what was used, correct an event by tollgate.amend.v1";
        }
        if (value.scale() > SubmissionLimits.MAX_DECIMALS) {
            return "has more than " + SubmissionLimits.MAX_DECIMALS + " decimals";
        }
        if (!value.fitsLong() && value.precision() > SubmissionLimits.MAX_DIGITS) {
            return "has more than " + SubmissionLimits.MAX_DIGITS + " digits";
        }
        return null;
    }

    /** Whether the usage may be without dimensions: its call failed, or is free, or its vendor's body has none. */
    public static boolean mayBeEmpty(Usage usage) {
        Integer status = usage.getStatus();
        return !usage.getBillable() || usage.getVendor() != null || (status != null && status >= FIRST_ERROR_STATUS);
    }
}
