package io.tollgate.quota;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.UsageStats;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;

/** A row of the totals, or a difference to one. */
public record RowAmounts(UsageStats row) implements Measured {
    @Override
    public Decimal requests() {
        return Decimal.of(row.getRequests());
    }

    @Override
    public Decimal tokens() {
        return Decimals.fromAvro(row.getTokens());
    }

    @Override
    public Decimal cost(String currency) {
        return currency.equals(row.getCurrency()) ? Decimals.fromAvro(row.getCost()) : Decimal.ZERO;
    }

    @Override
    public Decimal errors() {
        return Decimal.of(row.getErrors());
    }

    @Override
    public Decimal unpriced() {
        return Decimal.of(row.getUnpriced());
    }

    @Override
    public Decimal dimension(String name) {
        for (DimensionQuantity counted : row.getDimensions()) {
            if (counted.getDimension().equals(name)) {
                return Decimals.fromAvro(counted.getQuantity());
            }
        }
        return Decimal.ZERO;
    }
}
