package io.tollgate.quota;

import io.tollgate.schemas.decimal.Decimal;
import org.jspecify.annotations.Nullable;

/**
 * What is counted.
 *
 * @param name one of the constants here, else a dimension
 * @param currency of {@link #COST}; null for all others
 */
public record Metric(String name, @Nullable String currency) {
    public static final String COST = "cost";
    public static final String TOKENS = "tokens";
    public static final String REQUESTS = "requests";
    /** Open admissions: known to the gateway alone. */
    public static final String CONCURRENT = "concurrent";
    /** Of alert rules only. */
    public static final String ERRORS = "errors";
    /** Of alert rules only. */
    public static final String UNPRICED = "unpriced";

    public Metric {
        if (name.equals(COST) != (currency != null)) {
            throw new IllegalArgumentException("a currency belongs to a cost and to nothing else");
        }
    }

    public Decimal of(Measured usage) {
        return switch (name) {
            case COST -> usage.cost(currency == null ? "" : currency);
            case TOKENS -> usage.tokens();
            case REQUESTS -> usage.requests();
            case ERRORS -> usage.errors();
            case UNPRICED -> usage.unpriced();
            case CONCURRENT -> Decimal.ZERO;
            default -> usage.dimension(name);
        };
    }
}
