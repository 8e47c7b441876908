package io.tollgate.standalone.oracle;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Says from the events alone what the books must hold. The rules in one breath: an event costs the sum of quantity ×
 * the price in force at its time × its company's markup, or × the company's own price; a dimension with a quantity and
 * without a price leaves it unpriced; a list price in another currency is none; a failed call without usage costs
 * nothing; what is voided counts for nothing; a repetition changes nothing.
 */
public final class Oracle {
    private static final Set<String> TOKENS = Set.of("input", "output", "cache_read");

    private final List<TestPrice> prices;
    private final Map<String, BigDecimal> markups;

    public Oracle(List<TestPrice> prices, Map<String, BigDecimal> markups) {
        this.prices = prices;
        this.markups = markups;
    }

    /** What one row of the statistics holds; {@code unpriced} requests are in {@code requests} too. */
    public record Totals(
            long requests, long errors, long unpriced, BigDecimal tokens, BigDecimal cost, BigDecimal listCost) {
        /** Whether whatever was booked has been taken back to the last digit. */
        public boolean isNothing() {
            return requests == 0
                    && errors == 0
                    && unpriced == 0
                    && tokens.signum() == 0
                    && cost.signum() == 0
                    && listCost.signum() == 0;
        }

        /** So that equal amounts are equal objects. */
        Totals inNormalForm() {
            return new Totals(
                    requests,
                    errors,
                    unpriced,
                    tokens.stripTrailingZeros(),
                    cost.stripTrailingZeros(),
                    listCost.stripTrailingZeros());
        }

        Totals plus(Totals more) {
            return new Totals(
                    requests + more.requests,
                    errors + more.errors,
                    unpriced + more.unpriced,
                    tokens.add(more.tokens),
                    cost.add(more.cost),
                    listCost.add(more.listCost));
        }
    }

    /** A row of the daily statistics, as far as the tests group by. */
    public record Day(String company, LocalDate date, String user, String provider, String model, String team)
            implements Comparable<Day> {
        @Override
        public int compareTo(Day other) {
            return toString().compareTo(other.toString());
        }
    }

    /** Daily totals over all events that happened and were not voided; rows of nothing are left out. */
    public Map<Day, Totals> days(List<TestEvent> events, Set<String> voided) {
        Map<Day, Totals> days = new TreeMap<>();
        for (TestEvent event : counted(events, voided)) {
            days.merge(day(event), totals(event), Totals::plus);
        }
        days.replaceAll((day, totals) -> totals.inNormalForm());
        return days;
    }

    /** What the same events come to in money. */
    public Money.Sums money(List<TestEvent> events, Set<String> voided) {
        Money.Sums sums = new Money.Sums();
        for (TestEvent event : counted(events, voided)) {
            sums.add(
                    day(event), charge(event).currency(), Money.of(charge(event).cost(), listCost(event)));
        }
        return sums;
    }

    private static List<TestEvent> counted(List<TestEvent> events, Set<String> voided) {
        Set<String> seen = new HashSet<>();
        return events.stream()
                .filter(event -> !voided.contains(event.id()))
                .filter(event -> seen.add(event.company() + "|" + event.source() + "|" + event.id()))
                .toList();
    }

    private static Day day(TestEvent event) {
        return new Day(
                event.company(),
                LocalDate.ofInstant(event.time(), ZoneOffset.UTC),
                event.user(),
                event.provider(),
                event.model(),
                event.team());
    }

    private Totals totals(TestEvent event) {
        BigDecimal listCost = listCost(event);
        BigDecimal cost = charge(event).cost();
        return new Totals(
                1,
                event.failed() ? 1 : 0,
                cost == null ? 1 : 0,
                tokens(event),
                cost == null ? BigDecimal.ZERO : cost,
                listCost == null ? BigDecimal.ZERO : listCost);
    }

    /** Of an event, or of the vendor's list; null where a price is missing. */
    private record Charge(@Nullable BigDecimal cost, @Nullable String currency) {}

    private record UnitPrice(BigDecimal amount, String currency) {
        static @Nullable UnitPrice of(@Nullable TestPrice price, BigDecimal markup) {
            return price == null
                    ? null
                    : new UnitPrice(new BigDecimal(price.unitPrice()).multiply(markup), price.currency());
        }
    }

    private Charge charge(TestEvent event) {
        BigDecimal markup = markups.getOrDefault(event.company(), BigDecimal.ONE);
        return sum(event, dimension -> {
            TestPrice own = price(event, dimension, event.company());
            return own == null
                    ? UnitPrice.of(price(event, dimension, null), markup)
                    : UnitPrice.of(own, BigDecimal.ONE);
        });
    }

    /** What the vendor charges for the event; null where it is unpriced, or charged in another currency. */
    public @Nullable BigDecimal listCost(TestEvent event) {
        Charge listed = sum(event, dimension -> UnitPrice.of(price(event, dimension, null), BigDecimal.ONE));
        String currency = charge(event).currency();
        boolean isComparable = listed.currency() == null || listed.currency().equals(currency);
        return isComparable ? listed.cost() : null;
    }

    private Charge sum(TestEvent event, Function<String, @Nullable UnitPrice> priceOf) {
        BigDecimal cost = BigDecimal.ZERO;
        String currency = null;
        for (Map.Entry<String, String> counted : event.dimensions().entrySet()) {
            BigDecimal quantity = quantity(counted.getValue());
            UnitPrice price = priceOf.apply(counted.getKey());
            if (price != null) {
                cost = cost.add(quantity.multiply(price.amount()));
                currency = price.currency();
            } else if (quantity.signum() != 0) {
                return new Charge(null, null);
            }
        }
        return new Charge(cost, currency);
    }

    /** @param company whose own; null: everybody's */
    private @Nullable TestPrice price(TestEvent event, String dimension, @Nullable String company) {
        TestPrice newest = null;
        for (TestPrice price : prices) {
            boolean fits = price.provider().equals(event.provider())
                    && price.model().equals(event.model())
                    && price.dimension().equals(dimension)
                    && Objects.equals(price.company(), company)
                    && !price.from().isAfter(event.time());
            if (fits && (newest == null || price.from().isAfter(newest.from()))) {
                newest = price;
            }
        }
        return newest;
    }

    private static BigDecimal tokens(TestEvent event) {
        return event.dimensions().entrySet().stream()
                .filter(counted -> TOKENS.contains(counted.getKey()))
                .map(counted -> quantity(counted.getValue()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal quantity(String json) {
        return new BigDecimal(json.replace("\"", ""));
    }
}
