package io.tollgate.gateway.rerating;

import io.tollgate.avro.LineItem;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.RatingState;
import io.tollgate.avro.Rerating;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of the ledger a re-rating is about. A reversal is of the same company, time, state, model and items as
 * the row that it takes back, so both are selected or neither.
 *
 * <p>A provider and a model select the events that bear these names and those that have, or had, a price of theirs
 * under another name: a dated one, an alias, one with a region around it.
 */
final class Selection {
    private final Rerating asked;
    private final Set<String> items;

    private Selection(Rerating asked, Set<String> items) {
        this.asked = asked;
        this.items = items;
    }

    /** @param book every timeline */
    static Selection of(Rerating asked, Collection<PriceTimeline> book) {
        Set<String> items = new HashSet<>();
        if (namesAModel(asked)) {
            for (PriceTimeline timeline : book) {
                if (fits(asked.getProvider(), timeline.getProvider()) && fits(asked.getModel(), timeline.getModel())) {
                    timeline.getItems().forEach(item -> items.add(item.getId()));
                }
            }
        }
        return new Selection(asked, items);
    }

    /** Whether the row can be meant, as far as it says so without its prices. */
    boolean includes(RatedUsage row) {
        Long to = asked.getTo();
        return row.getEventTime() >= asked.getFrom()
                && (to == null || row.getEventTime() < to)
                && fits(asked.getCompany(), row.getCompany())
                && (!asked.getOnlyUnpriced() || row.getState() == RatingState.UNPRICED);
    }

    /**
     * Whether the row is of the models that are meant.
     *
     * @param now its lines by the book of now
     */
    boolean isOfTheModel(RatedUsage row, List<LineItem> now) {
        return !namesAModel(asked) || bearsTheName(row) || haveItsItems(row.getLines()) || haveItsItems(now);
    }

    private boolean bearsTheName(RatedUsage row) {
        String model = asked.getModel();
        return fits(asked.getProvider(), row.getProvider())
                && (fits(model, row.getModel()) || (model != null && model.equals(row.getRequestModel())));
    }

    private boolean haveItsItems(List<LineItem> lines) {
        for (LineItem line : lines) {
            if (line.getPriceItem() != null && items.contains(line.getPriceItem())) {
                return true;
            }
        }
        return false;
    }

    private static boolean namesAModel(Rerating asked) {
        return asked.getProvider() != null || asked.getModel() != null;
    }

    private static boolean fits(@Nullable String wanted, @Nullable String found) {
        return wanted == null || wanted.equals(found);
    }
}
