package io.tollgate.gateway.admin;

import io.tollgate.avro.PriceItem;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.gateway.admin.PriceItemJson.TimelineKey;
import io.tollgate.gateway.http.Problem.FieldError;
import io.tollgate.pricing.PriceTimelines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What posted items do to the book, all or nothing: the timelines that change, or why not. Pure.
 *
 * @param changed timelines with the new items, all of one version
 * @param items as they stand after the change, in the order in which they were posted
 * @param refusals empty unless nothing may change
 */
public record PriceChange(List<PriceTimeline> changed, List<PriceItemJson> items, List<FieldError> refusals) {

    /**
     * What they do to it.
     *
     * @param book the timeline of a key, null where there is none
     * @param version of the book after the change
     * @param now epoch µs
     */
    public static PriceChange of(
            List<PriceItemJson> posted, Function<TimelineKey, @Nullable PriceTimeline> book, long version, long now) {
        Map<TimelineKey, List<Integer>> indices = new LinkedHashMap<>();
        for (int i = 0; i < posted.size(); i++) {
            indices.computeIfAbsent(posted.get(i).timeline(), key -> new ArrayList<>())
                    .add(i);
        }
        List<PriceTimeline> changed = new ArrayList<>();
        List<FieldError> refusals = new ArrayList<>();
        List<PriceItemJson> items = new ArrayList<>(posted);
        indices.forEach((key, places) -> {
            PriceTimeline prior = book.apply(key);
            PriceTimeline scope =
                    new PriceTimeline(key.company(), key.provider(), key.model(), version, now, new ArrayList<>());
            List<PriceItem> added =
                    places.stream().map(i -> posted.get(i).item()).toList();
            PriceTimelines.Result result = PriceTimelines.append(prior, scope, added, version, now);
            PriceTimeline after = prior == null ? scope : prior;
            if (result instanceof PriceTimelines.Refused refused) {
                for (PriceTimelines.Refusal refusal : refused.refusals()) {
                    refusals.add(new FieldError("/" + places.get(refusal.index()), "overlaps", refusal.detail()));
                }
            } else if (result instanceof PriceTimelines.Appended appended) {
                after = appended.timeline();
                changed.add(after);
            }
            for (int place : places) {
                items.set(place, standing(posted.get(place), after));
            }
        });
        return new PriceChange(changed, items, refusals);
    }

    /** An item that the timeline had already keeps the id that it has there. */
    private static PriceItemJson standing(PriceItemJson posted, PriceTimeline timeline) {
        for (PriceItem item : timeline.getItems()) {
            PriceItem alike = PriceItem.newBuilder(posted.item())
                    .setId(item.getId())
                    .setRecordedAt(item.getRecordedAt())
                    .build();
            if (alike.equals(item)) {
                return new PriceItemJson(posted.company(), posted.provider(), posted.model(), item);
            }
        }
        return posted;
    }
}
