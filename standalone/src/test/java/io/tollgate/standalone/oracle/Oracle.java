package io.tollgate.standalone.oracle;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Says from the events alone what the books must hold. The rules in one breath: an event costs the sum of quantity ×
 * the price in force at its time × its company's markup; a dimension with a quantity and without a price leaves it
 * unpriced; a failed call without usage costs nothing; what is voided counts for nothing; a repetition changes nothing.
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
        Set<String> seen = new HashSet<>();
        for (TestEvent event : events) {
            if (voided.contains(event.id()) || !seen.add(event.company() + "|" + event.source() + "|" + event.id())) {
                continue;
            }
            Day day = new Day(
                    event.company(),
                    LocalDate.ofInstant(event.time(), ZoneOffset.UTC),
                    event.user(),
                    event.provider(),
                    event.model(),
                    event.team());
            days.merge(day, totals(event), Totals::plus);
        }
        days.replaceAll((day, totals) -> totals.inNormalForm());
        return days;
    }

    private Totals totals(TestEvent event) {
        BigDecimal listCost = listCost(event);
        BigDecimal markup = markups.getOrDefault(event.company(), BigDecimal.ONE);
        BigDecimal cost = listCost == null ? BigDecimal.ZERO : listCost.multiply(markup);
        return new Totals(
                1,
                event.failed() ? 1 : 0,
                listCost == null ? 1 : 0,
                tokens(event),
                cost,
                listCost == null ? BigDecimal.ZERO : listCost);
    }

    /** What the vendor charges for the event; null where it is unpriced. */
    public @Nullable BigDecimal listCost(TestEvent event) {
        BigDecimal cost = BigDecimal.ZERO;
        for (Map.Entry<String, String> counted : event.dimensions().entrySet()) {
            BigDecimal quantity = quantity(counted.getValue());
            BigDecimal price = price(event, counted.getKey());
            if (price != null) {
                cost = cost.add(quantity.multiply(price));
            } else if (quantity.signum() != 0) {
                return null;
            }
        }
        return cost;
    }

    private @Nullable BigDecimal price(TestEvent event, String dimension) {
        TestPrice newest = null;
        for (TestPrice price : prices) {
            boolean fits = price.provider().equals(event.provider())
                    && price.model().equals(event.model())
                    && price.dimension().equals(dimension)
                    && !price.from().isAfter(event.time());
            if (fits && (newest == null || price.from().isAfter(newest.from()))) {
                newest = price;
            }
        }
        return newest == null ? null : new BigDecimal(newest.unitPrice());
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
