package io.tollgate.gateway.rerating;

import io.tollgate.avro.JobProgress;
import io.tollgate.avro.MoneyChange;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the differences found so far come to. */
final class Tally {
    private long rowsRead;
    private long events;
    private long newlyPriced;
    private long noLongerPriced;
    private final Map<String, Sums> money = new TreeMap<>();

    private record Sums(Decimal before, Decimal after, Decimal listBefore, Decimal listAfter) {
        Sums plus(Sums more) {
            return new Sums(
                    before.plus(more.before),
                    after.plus(more.after),
                    listBefore.plus(more.listBefore),
                    listAfter.plus(more.listAfter));
        }
    }

    /** Goes on from what is known. */
    static Tally of(JobProgress progress) {
        Tally tally = new Tally();
        tally.rowsRead = progress.getRowsRead();
        tally.events = progress.getEvents();
        tally.newlyPriced = progress.getNewlyPriced();
        tally.noLongerPriced = progress.getNoLongerPriced();
        for (MoneyChange change : progress.getMoney()) {
            tally.money.put(
                    change.getCurrency(),
                    new Sums(
                            Decimals.fromAvro(change.getCostBefore()),
                            Decimals.fromAvro(change.getCostAfter()),
                            Decimals.fromAvro(change.getListCostBefore()),
                            Decimals.fromAvro(change.getListCostAfter())));
        }
        return tally;
    }

    /** Counts a row that was read, with the difference that it makes, if any. */
    void add(@Nullable Difference difference) {
        rowsRead++;
        if (difference == null) {
            return;
        }
        int sign = difference.events();
        events += sign;
        newlyPriced += difference.isNewlyPriced() ? sign : 0;
        noLongerPriced += difference.isNoLongerPriced() ? sign : 0;
        add(
                difference.row().getCurrency(),
                new Sums(difference.costBefore(), Decimal.ZERO, difference.listCostBefore(), Decimal.ZERO));
        add(
                difference.now().currency(),
                new Sums(Decimal.ZERO, difference.costAfter(), Decimal.ZERO, difference.listCostAfter()));
    }

    /** Without a currency there is no amount. */
    private void add(@Nullable String currency, Sums sums) {
        if (currency != null) {
            money.merge(currency, sums, Sums::plus);
        }
    }

    void writeTo(JobProgress progress) {
        List<MoneyChange> changes = new ArrayList<>();
        money.forEach((currency, sums) -> changes.add(new MoneyChange(
                currency,
                Decimals.toAvro(sums.before()),
                Decimals.toAvro(sums.after()),
                Decimals.toAvro(sums.listBefore()),
                Decimals.toAvro(sums.listAfter()))));
        progress.setRowsRead(rowsRead);
        progress.setEvents(events);
        progress.setNewlyPriced(newlyPriced);
        progress.setNoLongerPriced(noLongerPriced);
        progress.setMoney(changes);
    }
}
