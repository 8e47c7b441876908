package io.tollgate.quota;

import io.tollgate.schemas.decimal.Decimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call is expected to use: one request and these quantities.
 *
 * @param tokens sum over the dimensions whose unit is token
 * @param cost null where it has no price
 * @param currency of the cost, null with it
 */
public record Estimate(
        Map<String, Decimal> dimensions, Decimal tokens, @Nullable Decimal cost, @Nullable String currency)
        implements Measured {
    @Override
    public Decimal requests() {
        return Decimal.ONE;
    }

    @Override
    public Decimal cost(String wanted) {
        return cost == null || !wanted.equals(currency) ? Decimal.ZERO : cost;
    }

    @Override
    public Decimal errors() {
        return Decimal.ZERO;
    }

    @Override
    public Decimal unpriced() {
        return cost == null ? Decimal.ONE : Decimal.ZERO;
    }

    @Override
    public Decimal dimension(String name) {
        return dimensions.getOrDefault(name, Decimal.ZERO);
    }
}
