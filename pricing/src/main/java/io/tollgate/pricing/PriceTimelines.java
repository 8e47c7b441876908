package io.tollgate.pricing;

import io.tollgate.avro.PriceItem;
import io.tollgate.avro.PriceTimeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Adds items to a timeline. Items are never changed or taken away: what was in force stays readable. */
public final class PriceTimelines {
    private PriceTimelines() {}

    /** What became of an attempt to add items. */
    public sealed interface Result permits Appended, Unchanged, Refused {}

    /** The timeline with the new items; those that it had already are not in twice. */
    public record Appended(PriceTimeline timeline) implements Result {}

    /** The timeline had every one of them already. */
    public record Unchanged() implements Result {}

    /** Nothing was added; {@code refusals} is not empty. */
    public record Refused(List<Refusal> refusals) implements Result {}

    /**
     * Why an item can't be added.
     *
     * @param index of the item among those to add
     * @param detail for people: what it collides with and what to do
     */
    public record Refusal(int index, String detail) {}

    /**
     * Adds {@code added} to {@code prior}. Refused are an item whose ladder has another price for the same start and
     * context tier, tiers that begin together and end apart, and an item that begins within one that has a stated end or
     * whose own stated end lies after the next one's start. An item without an end holds until the next one begins.
     *
     * @param prior the timeline so far, null for a new one
     * @param added items of the same company, provider and model, checked one by one by the caller; not empty
     * @param scope an empty timeline that names company, provider and model, taken where {@code prior} is null
     * @param version of the book after the change
     * @param nowMicros epoch µs, kept as the time of the change
     */
    public static Result append(
            @Nullable PriceTimeline prior, PriceTimeline scope, List<PriceItem> added, long version, long nowMicros) {
        List<PriceItem> items = new ArrayList<>(prior == null ? List.of() : prior.getItems());
        int before = items.size();
        List<Refusal> refusals = new ArrayList<>();
        for (int i = 0; i < added.size(); i++) {
            PriceItem item = added.get(i);
            if (items.stream().anyMatch(known -> sayTheSame(known, item))) {
                continue;
            }
            String refusal = refusal(items, item);
            if (refusal == null) {
                items.add(item);
            } else {
                refusals.add(new Refusal(i, refusal));
            }
        }
        if (!refusals.isEmpty()) {
            return new Refused(refusals);
        }
        if (items.size() == before) {
            return new Unchanged();
        }
        PriceTimeline base = prior == null ? scope : prior;
        return new Appended(
                new PriceTimeline(base.getCompany(), base.getProvider(), base.getModel(), version, nowMicros, items));
    }

    /**
     * The items in force at {@code at} (epoch µs), all context tiers of each: of every ladder the version that began last,
     * unless it has ended.
     */
    public static List<PriceItem> inForce(PriceTimeline timeline, long at) {
        Map<LadderKey, Long> begun = new HashMap<>();
        for (PriceItem item : timeline.getItems()) {
            if (item.getEffectiveFrom() <= at) {
                begun.merge(LadderKey.of(item), item.getEffectiveFrom(), Math::max);
            }
        }
        return timeline.getItems().stream()
                .filter(item -> Objects.equals(begun.get(LadderKey.of(item)), item.getEffectiveFrom()))
                .filter(item -> item.getEffectiveTo() == null || at < item.getEffectiveTo())
                .toList();
    }

    private static @Nullable String refusal(List<PriceItem> items, PriceItem item) {
        LadderKey ladder = LadderKey.of(item);
        for (PriceItem other : items) {
            if (!ladder.equals(LadderKey.of(other))) {
                continue;
            }
            if (item.getEffectiveFrom() == other.getEffectiveFrom()) {
                if (item.getTierFrom().equals(other.getTierFrom())) {
                    return "item " + other.getId() + " already sets this price from the same time; prices are not"
                            + " changed, give the new one another effective_from";
                }
                if (!Objects.equals(item.getEffectiveTo(), other.getEffectiveTo())) {
                    return "it begins with tier item " + other.getId() + " and must end with it";
                }
            } else if (overlap(item, other) || overlap(other, item)) {
                return "it overlaps item " + other.getId() + ", whose range or its own has a stated end; let one end"
                        + " where the other begins";
            }
        }
        return null;
    }

    /** Whether {@code later} begins while {@code earlier}, by its stated end, is still in force. */
    private static boolean overlap(PriceItem earlier, PriceItem later) {
        Long end = earlier.getEffectiveTo();
        return end != null && earlier.getEffectiveFrom() < later.getEffectiveFrom() && later.getEffectiveFrom() < end;
    }

    private static boolean sayTheSame(PriceItem one, PriceItem other) {
        return LadderKey.of(one).equals(LadderKey.of(other))
                && Objects.equals(one.getUnitPrice(), other.getUnitPrice())
                && Objects.equals(one.getMultiplier(), other.getMultiplier())
                && Objects.equals(one.getAliasOf(), other.getAliasOf())
                && Objects.equals(one.getCurrency(), other.getCurrency())
                && Objects.equals(one.getUnit(), other.getUnit())
                && one.getTierFrom().equals(other.getTierFrom())
                && one.getTierInclusive() == other.getTierInclusive()
                && one.getTierBasis().equals(other.getTierBasis())
                && one.getEffectiveFrom() == other.getEffectiveFrom()
                && Objects.equals(one.getEffectiveTo(), other.getEffectiveTo());
    }
}
