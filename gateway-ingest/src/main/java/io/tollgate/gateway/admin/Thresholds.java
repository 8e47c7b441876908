package io.tollgate.gateway.admin;

import io.tollgate.avro.ExactDecimal;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The member {@code thresholds}: positive numbers, rising. */
final class Thresholds {
    /** Of a share of a limit: ten times as much. */
    static final Decimal MOST_PERCENT = Decimal.of(1_000);

    private static final int MOST = 16;
    private static final String NAME = "thresholds";

    private Thresholds() {}

    /**
     * Reads the member and notes what is wrong with it.
     *
     * @param usual where it is absent
     * @param most null: no bound
     */
    static List<ExactDecimal> read(Fields fields, List<Decimal> usual, @Nullable Decimal most) {
        List<Decimal> given = fields.decimals(NAME, MOST);
        Decimal last = Decimal.ZERO;
        for (Decimal threshold : given == null ? usual : given) {
            if (threshold.compareTo(last) <= 0) {
                fields.error(NAME, "invalid", threshold + " must be above " + last + ": positive numbers that rise");
            } else if (most != null && threshold.compareTo(most) > 0) {
                fields.error(NAME, "invalid", threshold + " must be " + most + " at most");
            }
            last = threshold;
        }
        return (given == null ? usual : given).stream().map(Decimals::toAvro).toList();
    }

    static List<String> texts(List<ExactDecimal> thresholds) {
        return thresholds.stream()
                .map(threshold -> Decimals.fromAvro(threshold).toString())
                .toList();
    }
}
