package io.tollgate.gateway.config;

import io.tollgate.avro.PriceItem;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.gateway.admin.PriceItemJson;
import io.tollgate.gateway.admin.Section;
import io.tollgate.gateway.admin.Sections;
import io.tollgate.gateway.http.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** What is configured as a document that can be applied: nothing secret, and nothing that only an answer shows. Pure. */
final class Export {
    private static final Comparator<PriceTimeline> BY_MODEL = Comparator.comparing(
                    PriceTimeline::getCompany, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(PriceTimeline::getProvider)
            .thenComparing(PriceTimeline::getModel);
    private static final Comparator<PriceItem> BY_DATE = Comparator.comparing(PriceItem::getDimension)
            .thenComparing(PriceItem::getEffectiveFrom)
            .thenComparing(PriceItem::getId);

    private Export() {}

    /** Which of the prices. */
    enum Prices {
        NONE,
        /** What administrators posted. Neither the shipped book nor a catalogue that was imported: those have files of their own. */
        OWN,
        ALL;

        static @Nullable Prices of(@Nullable String word) {
            if (word == null) {
                return OWN;
            }
            for (Prices prices : values()) {
                if (prices.name().toLowerCase(Locale.ROOT).equals(word)) {
                    return prices;
                }
            }
            return null;
        }

        boolean has(PriceItem item) {
            return this == ALL || (this == OWN && PriceItemJson.isPosted(item));
        }
    }

    /** @param kinds members of the document that are wanted */
    static ObjectNode of(Configured configured, Set<String> kinds, Prices prices) {
        ObjectNode document = Json.MAPPER.createObjectNode();
        for (Section<?> section : Sections.all()) {
            if (kinds.contains(section.member())) {
                document.set(
                        section.member(), records(section, configured.records().getOrDefault(section, Map.of())));
            }
        }
        if (kinds.contains(DraftPrices.MEMBER) && prices != Prices.NONE) {
            document.set(DraftPrices.MEMBER, prices(configured, prices));
        }
        return document;
    }

    /** A price item as a document has it: what would be taken anyway is not there. */
    static ObjectNode view(PriceTimeline timeline, PriceItem item) {
        ObjectNode view =
                Json.MAPPER.valueToTree(PriceItemJson.of(timeline, item).view());
        view.remove(Set.of("id", "recorded_at"));
        view.removeIf(member -> member.isNull() || (member.isObject() && member.isEmpty()));
        usual(view, "tier_from", "0");
        usual(view, "tier_basis", "input_tokens");
        usual(view, "service_tier", item.getUnitPrice() == null ? "*" : "standard");
        if (!item.getTierInclusive()) {
            view.remove("tier_inclusive");
        }
        return view;
    }

    private static <V extends SpecificRecord> ArrayNode records(Section<V> section, Map<String, SpecificRecord> found) {
        ArrayNode items = Json.MAPPER.createArrayNode();
        new TreeMap<>(found).forEach((name, record) -> {
            V known = section.cast(record);
            if (known != null && section.isThere(known)) {
                items.add(section.view(known));
            }
        });
        return items;
    }

    private static ArrayNode prices(Configured configured, Prices prices) {
        ArrayNode items = Json.MAPPER.createArrayNode();
        List<PriceTimeline> timelines =
                configured.prices().values().stream().sorted(BY_MODEL).toList();
        for (PriceTimeline timeline : timelines) {
            timeline.getItems().stream()
                    .filter(prices::has)
                    .sorted(BY_DATE)
                    .forEach(item -> items.add(view(timeline, item)));
        }
        return items;
    }

    private static void usual(ObjectNode view, String member, String value) {
        JsonNode found = view.get(member);
        if (found instanceof StringNode text && text.stringValue().equals(value)) {
            view.remove(member);
        }
    }
}
