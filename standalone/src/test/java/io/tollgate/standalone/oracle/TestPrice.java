package io.tollgate.standalone.oracle;

import java.time.Instant;

/** A global price of the tests: money per unit from a time on. */
public record TestPrice(String provider, String model, String dimension, String unitPrice, Instant from) {

    /** The price item, as an admin would post it. */
    public String toJson() {
        return """
                {"provider":"%s","model":"%s","dimension":"%s","unit_price":"%s","currency":"USD","effective_from":"%s"}"""
                .formatted(provider, model, dimension, unitPrice, from);
    }
}
