package io.tollgate.usageapi.problem;

import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * {@code from} and {@code to} of a list, half-open.
 *
 * @param from null: since ever
 * @param to null: up to now
 */
public record TimeRange(@Nullable Instant from, @Nullable Instant to) {

    /**
     * The range that a query asks for.
     *
     * @throws Problem if it is none
     */
    public static TimeRange read(QueryParameters parameters) {
        Instant from = TimeParameter.read(parameters, "from", ZoneOffset.UTC);
        Instant to = TimeParameter.read(parameters, "to", ZoneOffset.UTC);
        if (from != null && to != null && !from.isBefore(to)) {
            throw Problem.parameter("to", "invalid_range", "`to` (" + to + ") must be after `from` (" + from + ").");
        }
        return new TimeRange(from, to);
    }
}
