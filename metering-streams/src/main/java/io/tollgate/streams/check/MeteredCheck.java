package io.tollgate.streams.check;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.Submission;
import io.tollgate.avro.Usage;
import io.tollgate.avro.VendorReading;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.submission.RejectionCode;
import io.tollgate.schemas.submission.SubmissionLimits;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a submission in {@code usage.events}, whoever wrote it past both doors: that everything made of it can
 * be computed, and is small enough to be written. One that can't be would stop its partition for good.
 */
public final class MeteredCheck {
    /**
     * Well above all that the doors let in, in bytes. Of a submission at most twice as much is made: a held correction and
     * its original, a row of the totals and the labels in its key.
     */
    static final int LARGEST = 256 << 10;

    /** A label has a length of its own in every key; the doors let in twice {@link SubmissionLimits#MAX_LABELS}. */
    static final int MOST_LABELS = 1_000;

    private MeteredCheck() {}

    /** Whether what is said of the record, under its own names, could be written. */
    public static @Nullable Refusal size(Submission submission, int bytes) {
        if (bytes > LARGEST) {
            return new Refusal(RejectionCode.VALUE_TOO_LONG, bytes + " bytes, " + LARGEST + " are allowed");
        }
        int company = submission.getCompany().length();
        return company > SubmissionLimits.MAX_TEXT
                ? new Refusal(RejectionCode.VALUE_TOO_LONG, "company has " + company + " characters")
                : null;
    }

    /** Whether a usage can be priced and added up; null where nothing speaks against it. */
    public static @Nullable Refusal usage(Usage usage) {
        Refusal tooMany = SubmissionCheck.tooManyDimensions(usage);
        if (tooMany != null) {
            return tooMany;
        }
        if (usage.getLabels().size() > MOST_LABELS) {
            return new Refusal(
                    RejectionCode.INVALID_EVENT,
                    "labels: " + usage.getLabels().size() + ", " + MOST_LABELS + " are allowed");
        }
        VendorReading vendor = usage.getVendor();
        if (vendor != null && vendor.getCost() != null) {
            Refusal refusal = SubmissionCheck.bounds("vendor.cost", vendor.getCost());
            if (refusal != null) {
                return refusal;
            }
        }
        for (DimensionQuantity counted : usage.getDimensions()) {
            Refusal refusal = quantity(counted);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    private static @Nullable Refusal quantity(DimensionQuantity counted) {
        String dimension = counted.getDimension();
        Refusal refusal = SubmissionCheck.bounds(dimension, counted.getQuantity());
        if (refusal != null) {
            return refusal;
        }
        Decimal value = Decimals.fromAvro(counted.getQuantity());
        return value.signum() < 0
                ? new Refusal(RejectionCode.INVALID_QUANTITY, dimension + ": " + value + " is negative")
                : null;
    }
}
