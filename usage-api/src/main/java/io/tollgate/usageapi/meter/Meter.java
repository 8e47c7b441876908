package io.tollgate.usageapi.meter;

import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.usageapi.stats.StatsRow;
import java.util.Arrays;
import java.util.List;

/** What is measured: a total that every row has, or a dimension of any name. */
sealed interface Meter {
    /** Whether values of different currencies must not be added. */
    boolean isMoney();

    Decimal valueOf(StatsRow row);

    static Meter of(String name) {
        return Arrays.stream(Total.values())
                .filter(total -> total.word.equals(name))
                .<Meter>map(total -> total)
                .findFirst()
                .orElseGet(() -> new Dimension(name));
    }

    /** Names of those that are no dimensions. */
    static List<String> totals() {
        return Arrays.stream(Total.values()).map(total -> total.word).toList();
    }

    /** A total of every row. */
    enum Total implements Meter {
        REQUESTS("requests"),
        ERRORS("errors"),
        TOKENS("tokens"),
        COST("cost"),
        LIST_COST("list_cost");

        private final String word;

        Total(String word) {
            this.word = word;
        }

        @Override
        public boolean isMoney() {
            return this == COST || this == LIST_COST;
        }

        @Override
        public Decimal valueOf(StatsRow row) {
            Decimal value =
                    switch (this) {
                        case REQUESTS -> row.counts().requests();
                        case ERRORS -> row.counts().errors();
                        case TOKENS -> row.tokens();
                        case COST -> row.cost();
                        case LIST_COST -> row.listCost();
                    };
            return value == null ? Decimal.ZERO : value;
        }
    }

    /** A dimension. */
    record Dimension(String name) implements Meter {
        @Override
        public boolean isMoney() {
            return false;
        }

        @Override
        public Decimal valueOf(StatsRow row) {
            return row.dimensions().getOrDefault(name, Decimal.ZERO);
        }
    }
}
