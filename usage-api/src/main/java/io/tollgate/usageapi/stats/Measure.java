package io.tollgate.usageapi.stats;

import io.tollgate.schemas.decimal.Decimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What rows are ordered by, and have a share of. */
public enum Measure {
    COST,
    LIST_COST,
    REQUESTS,
    TOKENS,
    ERRORS;

    /** Null where it is not known. */
    @Nullable
    Decimal of(StatsRow row) {
        return switch (this) {
            case COST -> row.cost();
            case LIST_COST -> row.listCost();
            case REQUESTS -> row.counts().requests();
            case TOKENS -> row.tokens();
            case ERRORS -> row.counts().errors();
        };
    }

    /** For sums and orders: what is not known counts nothing. */
    public Decimal orZero(StatsRow row) {
        return StatsRow.orZero(of(row));
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Measure::word).toList();
    }

    static @Nullable Measure of(String word) {
        return Arrays.stream(values())
                .filter(measure -> measure.word().equals(word))
                .findFirst()
                .orElse(null);
    }
}
