package io.tollgate.gateway.config;

import io.tollgate.avro.PriceItem;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.gateway.admin.PriceAudit;
import io.tollgate.gateway.admin.PriceChange;
import io.tollgate.gateway.admin.PriceItemJson;
import io.tollgate.gateway.admin.PriceItemJson.TimelineKey;
import io.tollgate.gateway.backbone.ConfigChange;
import io.tollgate.gateway.config.Differences.Difference;
import io.tollgate.gateway.config.Outcome.Change;
import io.tollgate.gateway.http.Problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The prices of a {@link Draft}: items are added to the book, those that it has already are not in twice. Pure. */
final class DraftPrices {
    /** Of a document. */
    static final String MEMBER = "prices";
    /** New items in one transaction, whose timelines are rewritten whole. */
    private static final int MAX_ADDED = 5_000;

    private final Configured before;
    private final long now;
    private final List<FieldError> errors = new ArrayList<>();
    private List<PriceTimeline> changed = List.of();
    private int wanted;

    DraftPrices(Configured before, long now) {
        this.before = before;
        this.now = now;
    }

    /**
     * Adds items, all of them or none.
     *
     * @param places of each in the document
     */
    void add(List<PriceItemJson> items, List<String> places) {
        wanted = items.size();
        PriceChange change = PriceChange.of(items, before.prices()::get, before.priceVersion() + 1, now);
        for (FieldError refusal : change.refusals()) {
            int index = Integer.parseInt(String.valueOf(refusal.pointer()).substring(1));
            errors.add(new FieldError(places.get(index), refusal.code(), refusal.detail()));
        }
        changed = change.changed();
        int added = added();
        if (added > MAX_ADDED) {
            errors.add(new FieldError(
                    "/" + MEMBER,
                    "too_many",
                    added + " new prices at once; at most " + MAX_ADDED + " are taken, a catalogue is imported"));
        }
    }

    /** Whether the book has an item already. */
    boolean has(PriceItemJson item) {
        PriceChange alone = PriceChange.of(List.of(item), before.prices()::get, before.priceVersion() + 1, now);
        return alone.changed().isEmpty() && alone.refusals().isEmpty();
    }

    List<FieldError> errors() {
        return errors;
    }

    int added() {
        return changed.stream().mapToInt(timeline -> newOf(timeline).size()).sum();
    }

    int unchanged() {
        return wanted - added();
    }

    /** @param auditedAs null: created or added */
    List<ConfigChange> changes(@Nullable String auditedAs) {
        return changed.stream()
                .map(timeline -> PriceAudit.change(prior(timeline), timeline, auditedAs))
                .toList();
    }

    List<Change> said() {
        return changed.stream()
                .map(timeline -> new Change(
                        MEMBER,
                        PriceAudit.name(timeline),
                        "added",
                        newOf(timeline).stream()
                                .map(item -> new Difference(Differences.ADDED, null, Export.view(timeline, item)))
                                .toList()))
                .toList();
    }

    private @Nullable PriceTimeline prior(PriceTimeline timeline) {
        return before.prices().get(TimelineKey.of(timeline));
    }

    private List<PriceItem> newOf(PriceTimeline timeline) {
        return PriceAudit.added(prior(timeline), timeline);
    }
}
