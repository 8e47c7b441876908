package io.tollgate.standalone.oracle;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is charged and what the vendor's list says, in one currency. Equal where every digit is. */
public record Money(BigDecimal cost, BigDecimal listCost) {
    public Money {
        cost = cost.stripTrailingZeros();
        listCost = listCost.stripTrailingZeros();
    }

    /** Of texts or numbers as a source has them; what is not known adds nothing. */
    public static Money of(@Nullable BigDecimal cost, @Nullable BigDecimal listCost) {
        return new Money(cost == null ? BigDecimal.ZERO : cost, listCost == null ? BigDecimal.ZERO : listCost);
    }

    public Money plus(Money more) {
        return new Money(cost.add(more.cost), listCost.add(more.listCost));
    }

    private boolean isNothing() {
        return cost.signum() == 0 && listCost.signum() == 0;
    }

    /** Sums that are told row by row. A source may leave out what comes to nothing, or tell it: it is left out here. */
    public static final class Sums {
        private final Map<Account, Money> byAccount = new TreeMap<>();

        public void add(Oracle.Day day, @Nullable String currency, Money money) {
            byAccount.merge(new Account(day, currency == null ? "none" : currency), money, Money::plus);
        }

        public Map<Account, Money> byAccount() {
            return by(Function.identity());
        }

        /** Those of some accounts. */
        public Sums only(Predicate<Account> wanted) {
            Sums sums = new Sums();
            byAccount.forEach((account, money) -> {
                if (wanted.test(account)) {
                    sums.add(account.day(), account.currency(), money);
                }
            });
            return sums;
        }

        /** The same, coarser. */
        public <K extends Comparable<K>> Map<K, Money> by(Function<Account, K> key) {
            Map<K, Money> sums = new TreeMap<>();
            byAccount.forEach((account, money) -> sums.merge(key.apply(account), money, Money::plus));
            sums.values().removeIf(Money::isNothing);
            return sums;
        }
    }
}
