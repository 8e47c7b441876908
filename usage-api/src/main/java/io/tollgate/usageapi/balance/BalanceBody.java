package io.tollgate.usageapi.balance;

import io.tollgate.usageapi.balance.Books.Money;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A balance as it is answered: accepted = outcomes + pending + in_flight + lost - surplus, and drift, which is lost +
 * surplus, is 0.
 *
 * @param outcomes by kind, pending ones apart
 * @param inFlight accepted and on its way to an outcome; null where Kafka did not say
 * @param lost accepted, and neither decided nor on its way; null where it can't be told from inFlight
 * @param surplus outcomes beyond the submissions of their partition
 * @param settled whether the sums of money are final for what the books hold; a cost drift of settled sums is an error
 * @param note why something is null
 */
record BalanceBody(
        String from,
        String to,
        @Nullable String company,
        long accepted,
        SortedMap<String, Long> outcomes,
        long pending,
        @Nullable Long inFlight,
        @Nullable Long lost,
        long surplus,
        @Nullable Long drift,
        List<Costs> costs,
        @Nullable Boolean settled,
        String asOf,
        @Nullable String note) {

    private static final String PENDING = "pending";

    /** Sums of one currency over the events of the days asked for. */
    record Costs(
            @Nullable String currency,
            String cost,
            String statsCost,
            String costDrift,
            String listCost,
            String statsListCost,
            String listCostDrift) {

        static Costs of(Money money) {
            return new Costs(
                    money.currency(),
                    money.cost().toString(),
                    money.statsCost().toString(),
                    money.costDrift().toString(),
                    money.listCost().toString(),
                    money.statsListCost().toString(),
                    money.listCostDrift().toString());
        }
    }

    static BalanceBody of(
            BalanceQuestion question,
            Books books,
            @Nullable Long inFlight,
            @Nullable Boolean settled,
            @Nullable String note) {
        SortedMap<String, Long> outcomes = new TreeMap<>(books.outcomes());
        Long pending = outcomes.remove(PENDING);
        outcomes.values().removeIf(count -> count == 0);
        long accepted = books.deadBeforeRekey()
                + books.tallies().values().stream().mapToLong(Tally::accepted).sum();
        // By partition: what one has too much does not make up for what another lacks.
        long missing = books.tallies().values().stream()
                .mapToLong(tally -> Math.max(0, tally.missing()))
                .sum();
        long surplus = books.tallies().values().stream()
                .mapToLong(tally -> Math.max(0, -tally.missing()))
                .sum();
        Long lost = inFlight != null ? Long.valueOf(missing - inFlight) : missing == 0 ? Long.valueOf(0) : null;
        return new BalanceBody(
                question.from().toString(),
                question.to().toString(),
                question.company(),
                accepted,
                outcomes,
                pending == null ? 0 : pending,
                inFlight,
                lost,
                surplus,
                lost == null ? null : Long.valueOf(lost + surplus),
                books.money().stream().map(Costs::of).toList(),
                settled,
                books.asOf().toString(),
                note);
    }
}
