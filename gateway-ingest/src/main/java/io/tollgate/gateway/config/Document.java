package io.tollgate.gateway.config;

import io.tollgate.gateway.admin.Fields;
import io.tollgate.gateway.admin.PriceItemJson;
import io.tollgate.gateway.admin.Section;
import io.tollgate.gateway.admin.Sections;
import io.tollgate.gateway.http.Problem.FieldError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import tools.jackson.databind.JsonNode;

/**
 * A document of configuration: of each kind that it has, the records. Pure.
 *
 * @param members by the kind's name, those that are there
 */
record Document(Map<String, List<JsonNode>> members) {

    /** Members that a document may have, in the order in which they are applied. */
    static Set<String> kinds() {
        Set<String> kinds = new LinkedHashSet<>();
        Sections.all().forEach(section -> kinds.add(section.member()));
        kinds.add(DraftPrices.MEMBER);
        return kinds;
    }

    /** Reads a document and notes what is wrong with its form. */
    static Document of(JsonNode tree, List<FieldError> errors) {
        Fields fields = Fields.of(tree, "", errors);
        Map<String, List<JsonNode>> members = new LinkedHashMap<>();
        for (String kind : kinds()) {
            List<JsonNode> items = fields.array(kind);
            if (tree.has(kind)) {
                members.put(kind, items);
            }
        }
        fields.refuseOthers();
        return new Document(members);
    }

    /**
     * Brings a draft to what the document says.
     *
     * @param prune ends what the document does not have, of the kinds that it has
     */
    void applyTo(Draft draft, boolean prune) {
        for (Section<?> section : Sections.all()) {
            if (members.containsKey(section.member())) {
                apply(section, draft, prune);
            }
        }
        if (members.containsKey(DraftPrices.MEMBER)) {
            addPrices(draft);
        }
    }

    private <V extends SpecificRecord> void apply(Section<V> section, Draft draft, boolean prune) {
        draft.lookedAt(section.member());
        Set<String> named = new HashSet<>();
        List<JsonNode> items = members.getOrDefault(section.member(), List.of());
        for (int i = 0; i < items.size(); i++) {
            String at = "/" + section.member() + "/" + i;
            String name = section.name(items.get(i), at, draft.errors());
            if (name == null) {
                continue;
            }
            if (named.add(name)) {
                draft.put(section, name, items.get(i), at);
            } else {
                draft.errors().add(new FieldError(at + "/id", "twice", "id: " + name + " is here twice"));
            }
        }
        if (prune) {
            draft.names(section).stream()
                    .filter(name -> !named.contains(name))
                    .forEach(name -> draft.end(section, name));
        }
    }

    private void addPrices(Draft draft) {
        List<JsonNode> nodes = members.getOrDefault(DraftPrices.MEMBER, List.of());
        List<PriceItemJson> items = new ArrayList<>();
        List<String> places = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            List<FieldError> own = new ArrayList<>();
            String at = "/" + DraftPrices.MEMBER + "/" + i;
            PriceItemJson item = PriceItemJson.read(Fields.of(nodes.get(i), at, own), draft.now());
            String company = item.company();
            boolean isUnknown = company != null && draft.known().companies().apply(company) == null;
            if (isUnknown && !draft.prices().has(item)) {
                own.add(new FieldError(at + "/company", "unknown_company", "company: there is no company " + company));
            }
            if (own.isEmpty()) {
                items.add(item);
                places.add(at);
            }
            draft.errors().addAll(own);
        }
        draft.prices().add(items, places);
        draft.takePrices();
    }
}
