package io.tollgate.pricing;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.Usage;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a context tier is measured by: {@code input_tokens} is the whole prompt (fresh, cached and written to the cache),
 * any other name is the quantity of that dimension. Worked out when a book first asks, since few prices have tiers.
 */
final class TierBasis {
    static final String INPUT_TOKENS = "input_tokens";

    private final List<DimensionQuantity> dimensions;
    private @Nullable Decimal inputTokens;

    TierBasis(Usage usage) {
        this.dimensions = usage.getDimensions();
    }

    Decimal of(String basis) {
        if (!basis.equals(INPUT_TOKENS)) {
            return sum(basis);
        }
        Decimal known = inputTokens;
        if (known == null) {
            known = sum(null);
            inputTokens = known;
        }
        return known;
    }

    private Decimal sum(@Nullable String dimension) {
        Decimal sum = Decimal.ZERO;
        for (DimensionQuantity counted : dimensions) {
            String name = counted.getDimension();
            if (dimension == null ? Units.isInputToken(name) : dimension.equals(name)) {
                sum = sum.plus(Decimals.fromAvro(counted.getQuantity()));
            }
        }
        return sum;
    }
}
