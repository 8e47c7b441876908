package io.tollgate.pricing;

import io.tollgate.avro.PriceItem;
import io.tollgate.avro.PriceTimeline;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a timeline must be given so that, from a moment on, it prices as it did before some of its items were added. Nothing
 * is taken away: what was priced in between stays priced, and an item that had none before it can't be undone.
 */
public final class EarlierPrices {
    private EarlierPrices() {}

    /**
     * What to add, and what can't be undone.
     *
     * @param again a list for each ladder, of items that begin at the moment, without an id
     * @param staying items of those added that are in force at the moment where nothing was, or begin after it
     */
    public record Return(List<List<PriceItem>> again, List<PriceItem> staying) {}

    /**
     * The way back.
     *
     * @param added ids of the items to go back behind
     * @param at epoch µs
     */
    public static Return to(PriceTimeline timeline, Set<String> added, long at) {
        PriceTimeline earlier = PriceTimeline.newBuilder(timeline).build();
        earlier.setItems(timeline.getItems().stream()
                .filter(item -> !added.contains(item.getId()))
                .toList());
        Map<LadderKey, List<PriceItem>> then = byLadder(PriceTimelines.inForce(earlier, at));
        Map<LadderKey, List<PriceItem>> now = byLadder(PriceTimelines.inForce(timeline, at));
        List<List<PriceItem>> again = new ArrayList<>();
        List<PriceItem> staying = new ArrayList<>();
        now.forEach((ladder, items) -> {
            if (!then.containsKey(ladder)) {
                staying.addAll(items);
            }
        });
        then.forEach((ladder, items) -> {
            if (!sayTheSame(items, now.getOrDefault(ladder, List.of()))) {
                again.add(items.stream().map(item -> from(at, item)).toList());
            }
        });
        timeline.getItems().stream()
                .filter(item -> added.contains(item.getId()) && item.getEffectiveFrom() > at)
                .forEach(staying::add);
        return new Return(again, staying);
    }

    private static Map<LadderKey, List<PriceItem>> byLadder(List<PriceItem> items) {
        Map<LadderKey, List<PriceItem>> ladders = new LinkedHashMap<>();
        for (PriceItem item : items) {
            ladders.computeIfAbsent(LadderKey.of(item), key -> new ArrayList<>())
                    .add(item);
        }
        return ladders;
    }

    /** Whether they come to the same price, whenever that began. */
    private static boolean sayTheSame(List<PriceItem> some, List<PriceItem> others) {
        return says(some).equals(says(others));
    }

    private static Set<PriceItem> says(List<PriceItem> items) {
        Set<PriceItem> said = new HashSet<>();
        items.forEach(item -> said.add(from(0, item)));
        return said;
    }

    private static PriceItem from(long at, PriceItem item) {
        return PriceItem.newBuilder(item)
                .setId("")
                .setRecordedAt(at)
                .setEffectiveFrom(at)
                .build();
    }
}
