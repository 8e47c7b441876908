package io.tollgate.standalone.oracle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A price of the tests: money per unit from a time on.
 *
 * @param company whose own it is; null: everybody's
 */
public record TestPrice(
        String provider,
        String model,
        String dimension,
        String unitPrice,
        String currency,
        Instant from,
        @Nullable String company) {

    /** Everybody's, in dollars. */
    public TestPrice(String provider, String model, String dimension, String unitPrice, Instant from) {
        this(provider, model, dimension, unitPrice, "USD", from, null);
    }

    /** The price item, as an admin would post it. */
    public String toJson() {
        return """
                {"provider":"%s","model":"%s","dimension":"%s","unit_price":"%s","currency":"%s","effective_from":"%s"%s}"""
                .formatted(
                        provider,
                        model,
                        dimension,
                        unitPrice,
                        currency,
                        from,
                        company == null ? "" : ",\"company\":\"" + company + "\"");
    }
}
