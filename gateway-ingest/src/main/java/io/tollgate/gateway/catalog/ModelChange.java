package io.tollgate.gateway.catalog;

import io.tollgate.avro.PriceItem;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.gateway.catalog.Harvest.Doubt;
import io.tollgate.gateway.catalog.ModelPrices.Version;
import io.tollgate.pricing.PriceItemRules;
import io.tollgate.pricing.PriceTimelines;
import io.tollgate.schemas.submission.SubmissionLimits;
import io.tollgate.schemas.submission.SubmissionRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a catalogue's prices do to the timeline of one model. A ladder that charges what is in force at its start is left
 * as it is, whatever its own date; so the same catalogue twice changes nothing, and an import that was interrupted is
 * finished by repeating it. Pure.
 *
 * @param after the timeline with the new ladders; null: nothing changes
 * @param unchanged ladders that are in force already
 * @param doubts ladders that moved too far to be believed, or that collide with what is there
 */
record ModelChange(
        @Nullable PriceTimeline after,
        List<PriceDifference> added,
        List<PriceDifference> changed,
        int unchanged,
        List<Doubt> doubts) {

    /**
     * When and how an import is made.
     *
     * @param start epoch µs from which undated prices hold
     * @param now epoch µs
     * @param force whether prices may move by more than ten times
     */
    record Terms(long start, long now, boolean force) {}

    static ModelChange of(ModelPrices model, @Nullable PriceTimeline prior, long version, Terms terms) {
        Builder builder = new Builder(model, prior, version, terms);
        model.versions().stream()
                .sorted(Comparator.comparingLong(one -> one.from() == null ? terms.start() : one.from()))
                .forEach(builder::add);
        return builder.build();
    }

    private static final class Builder {
        private final ModelPrices model;
        private final long version;
        private final Terms terms;
        private final List<PriceDifference> added = new ArrayList<>();
        private final List<PriceDifference> changed = new ArrayList<>();
        private final List<Doubt> doubts = new ArrayList<>();
        private @Nullable PriceTimeline timeline;
        private int unchanged;
        private boolean isChange;

        Builder(ModelPrices model, @Nullable PriceTimeline prior, long version, Terms terms) {
            this.model = model;
            this.version = version;
            this.terms = terms;
            this.timeline = prior;
        }

        void add(Version ladder) {
            Long start = startOf(ladder);
            if (start == null) {
                return;
            }
            Tiers after = Tiers.of(ladder.tiers());
            List<PriceItem> standing = inForce(ladder.name(), start);
            Tiers before = standing.isEmpty() ? null : Tiers.of(standing);
            if (after.equals(before)) {
                unchanged++;
            } else if (before != null && !terms.force() && after.isFarFrom(before)) {
                doubt(
                        ladder,
                        "moved",
                        "it is " + after + " and was " + before
                                + ": more than ten times apart or other money, import it with force=true if that is right");
            } else {
                append(ladder, start, before, after);
            }
        }

        private void append(Version ladder, long start, @Nullable Tiers before, Tiers after) {
            List<PriceItem> items = ladder.at(start, terms.now());
            String broken = broken(items);
            if (broken != null) {
                doubt(ladder, "invalid", broken);
                return;
            }
            PriceTimeline scope =
                    new PriceTimeline(null, model.provider(), model.model(), version, terms.now(), new ArrayList<>());
            PriceTimelines.Result result = PriceTimelines.append(timeline, scope, items, version, terms.now());
            if (result instanceof PriceTimelines.Appended appended) {
                timeline = appended.timeline();
                isChange = true;
                (before == null ? added : changed).addAll(PriceDifference.of(model, ladder, before, after, start));
            } else if (result instanceof PriceTimelines.Refused refused) {
                doubt(ladder, "overlaps", refused.refusals().get(0).detail());
            } else {
                unchanged++;
            }
        }

        private @Nullable Long startOf(Version ladder) {
            Long from = ladder.from();
            if (from != null) {
                return from;
            }
            Long until = ladder.until();
            // It was over before the import begins, and nobody says since when it held.
            return until != null && until <= terms.start() ? null : Long.valueOf(terms.start());
        }

        private List<PriceItem> inForce(LadderName name, long time) {
            PriceTimeline current = timeline;
            return current == null
                    ? List.of()
                    : PriceTimelines.inForce(current, time).stream()
                            .filter(item -> LadderName.of(item).equals(name))
                            .toList();
        }

        private @Nullable String broken(List<PriceItem> items) {
            for (String name : List.of(model.provider(), model.model())) {
                if (name.length() > SubmissionLimits.MAX_TEXT || !SubmissionRules.isStorable(name)) {
                    return "a name is longer than " + SubmissionLimits.MAX_TEXT + " characters or can't be stored";
                }
            }
            return items.stream()
                    .flatMap(item -> PriceItemRules.check(item).stream())
                    .map(violation -> violation.field() + ": " + violation.detail())
                    .findFirst()
                    .orElse(null);
        }

        private void doubt(Version ladder, String code, String detail) {
            String price = model.model() + " " + ladder.name().dimension() + " "
                    + ladder.name().serviceTier();
            doubts.add(new Doubt(ladder.entry(), Remark.quarantined(price, code, detail)));
        }

        ModelChange build() {
            return new ModelChange(isChange ? timeline : null, added, changed, unchanged, doubts);
        }
    }
}
