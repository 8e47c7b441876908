package io.tollgate.gateway.catalog;

import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.PriceItem;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a ladder charges, apart from names, ids and times: equal for equal bills. */
record Tiers(Map<Decimal, Step> steps) {

    /**
     * @param amount money for one unit, or a factor
     * @param currency null of a factor
     */
    record Step(Decimal amount, @Nullable String currency, boolean inclusive, String basis) {
        /** Whether it is more than ten times the other, less than a tenth of it, or other money. */
        boolean isFarFrom(Step other) {
            return !Objects.equals(currency, other.currency)
                    || isAboveTenTimes(amount, other.amount)
                    || isAboveTenTimes(other.amount, amount);
        }

        @Override
        public String toString() {
            return currency == null ? amount.toString() : amount + " " + currency;
        }

        private static boolean isAboveTenTimes(Decimal one, Decimal other) {
            return one.compareTo(other.times(Decimal.of(10))) > 0;
        }
    }

    static Tiers of(List<PriceItem> items) {
        Map<Decimal, Step> steps = new HashMap<>();
        for (PriceItem item : items) {
            Decimal from = Decimals.fromAvro(item.getTierFrom());
            ExactDecimal amount = item.getMultiplier() == null ? item.getUnitPrice() : item.getMultiplier();
            // Of the first tier it makes no difference whether its limit is in it.
            boolean inclusive = !from.isZero() && item.getTierInclusive();
            String basis = from.isZero() ? "" : item.getTierBasis();
            steps.put(from, new Step(Decimals.fromAvro(amount), item.getCurrency(), inclusive, basis));
        }
        return new Tiers(steps);
    }

    @Nullable
    Step at(Decimal from) {
        return steps.get(from);
    }

    /** Whether a price moved so far that a slip is likelier than a change. */
    boolean isFarFrom(Tiers other) {
        return steps.entrySet().stream().anyMatch(step -> {
            Step before = other.at(step.getKey());
            return before != null && step.getValue().isFarFrom(before);
        });
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        steps.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .forEach(step -> {
                    text.append(text.isEmpty() ? "" : ", ").append(step.getValue());
                    if (!step.getKey().isZero()) {
                        text.append(" above ").append(step.getKey());
                    }
                });
        return text.toString();
    }
}
