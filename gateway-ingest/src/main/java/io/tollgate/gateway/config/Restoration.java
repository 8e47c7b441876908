package io.tollgate.gateway.config;

import io.tollgate.avro.AuditEntry;
import io.tollgate.avro.PriceItem;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.gateway.admin.PriceAudit;
import io.tollgate.gateway.admin.PriceItemJson;
import io.tollgate.gateway.admin.PriceItemJson.TimelineKey;
import io.tollgate.gateway.admin.Section;
import io.tollgate.gateway.admin.Sections;
import io.tollgate.gateway.admin.Times;
import io.tollgate.gateway.http.Json;
import io.tollgate.gateway.ingest.Timestamps;
import io.tollgate.pricing.EarlierPrices;
import io.tollgate.pricing.PriceTimelines;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The way back to a version, told by the audit of all that came after it: each record is put back to what it was before the
 * first change of it. Pure.
 *
 * <p>Secrets don't come back: what is there keeps its own, and what is made again gets another. A key that was revoked stays
 * so. Administrators stay as they are: who may do this is not part of what it goes back to. Prices are added to: what was
 * in force by the earlier book is in force again from now on.
 */
final class Restoration {
    private static final String PRICE = "price";
    private static final String ADMINS = "admins";
    /** Before any record was made: a time that was to come when it was set may be over by now, and is put back. */
    private static final long BEFORE_ALL = Timestamps.parse("2020-01-01T00:00:00Z");

    private record Name(String kind, String id) {}

    private final Map<Name, @Nullable String> firstBefore = new LinkedHashMap<>();
    private final Map<TimelineKey, Set<String>> pricesAdded = new LinkedHashMap<>();

    /** Takes in an entry that came after the version, in the order in which they were written. */
    void take(AuditEntry entry) {
        String after = entry.getAfter();
        if (!entry.getKind().equals(PRICE)) {
            Name name = new Name(entry.getKind(), entry.getId());
            if (!firstBefore.containsKey(name)) {
                firstBefore.put(name, entry.getBefore());
            }
        } else if (after != null) {
            for (JsonNode item : Json.MAPPER.readTree(after)) {
                TimelineKey key = new TimelineKey(
                        item.path("company").asStringOpt().orElse(null),
                        item.path("provider").asString(""),
                        item.path("model").asString(""));
                pricesAdded
                        .computeIfAbsent(key, timeline -> new HashSet<>())
                        .add(item.path("id").asString(""));
            }
        }
    }

    void applyTo(Draft draft, Configured configured) {
        for (Section<?> section : Sections.all()) {
            firstBefore.forEach((name, before) -> {
                if (!name.kind().equals(section.word())) {
                    return;
                }
                if (section.member().equals(ADMINS)) {
                    draft.leaveAlone(ADMINS, name.id(), "administrators stay as they are");
                } else {
                    putBack(section, name.id(), before, draft);
                }
            });
        }
        addPrices(draft, configured);
    }

    private static <V extends SpecificRecord> void putBack(
            Section<V> section, String id, @Nullable String before, Draft draft) {
        if (before == null) {
            draft.end(section, id);
            return;
        }
        JsonNode was = Json.MAPPER.readTree(before);
        V now = draft.find(section, id);
        if (now == null || section.isThere(now)) {
            draft.putBack(section, id, was, BEFORE_ALL);
        } else if (!was.hasNonNull("revoked_at")) {
            draft.leaveAlone(section.member(), id, "is revoked, and a revoked key stays so");
        }
    }

    private void addPrices(Draft draft, Configured configured) {
        List<PriceItemJson> items = new ArrayList<>();
        List<String> places = new ArrayList<>();
        pricesAdded.forEach((key, added) -> {
            PriceTimeline timeline = configured.prices().get(key);
            if (timeline == null) {
                return;
            }
            EarlierPrices.Return back = EarlierPrices.to(timeline, added, draft.now());
            for (List<PriceItem> ladder : back.again()) {
                String refusal = refusal(timeline, ladder, draft.now());
                if (refusal != null) {
                    draft.leaveAlone(DraftPrices.MEMBER, PriceAudit.name(timeline), refusal);
                    continue;
                }
                for (PriceItem item : ladder) {
                    items.add(PriceItemJson.posted(key, item));
                    places.add("/" + DraftPrices.MEMBER + "/" + PriceAudit.name(timeline));
                }
            }
            if (!back.staying().isEmpty()) {
                draft.leaveAlone(DraftPrices.MEMBER, PriceAudit.name(timeline), staying(back.staying(), draft.now()));
            }
        });
        if (!pricesAdded.isEmpty()) {
            draft.prices().add(items, places);
            draft.takePrices();
        }
    }

    private static @Nullable String refusal(PriceTimeline timeline, List<PriceItem> ladder, long now) {
        return PriceTimelines.append(timeline, timeline, ladder, timeline.getVersion(), now)
                        instanceof PriceTimelines.Refused refused
                ? refused.refusals().get(0).detail()
                : null;
    }

    private static String staying(List<PriceItem> items, long now) {
        Set<String> dimensions = new TreeSet<>();
        Set<String> starts = new TreeSet<>();
        for (PriceItem item : items) {
            dimensions.add(item.getDimension());
            if (item.getEffectiveFrom() > now) {
                starts.add(Times.text(item.getEffectiveFrom()));
            }
        }
        return "what was not there then stays, since prices are only added: " + String.join(", ", dimensions)
                + (starts.isEmpty() ? "" : "; of these some begin " + String.join(", ", starts));
    }
}
