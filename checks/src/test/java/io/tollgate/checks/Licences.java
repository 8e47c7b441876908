package io.tollgate.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Which licences what we ship may have; of several that a component is offered under one is enough. */
final class Licences {
    private static final Set<String> ALLOWED = Set.of(
            "0BSD",
            "Apache-2.0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "CC0-1.0",
            "EPL-1.0",
            "EPL-2.0",
            "MIT",
            "MIT-0",
            // RE2/J's own name for BSD-3-Clause.
            "Go License");

    /** By group and name: allowed for a reason of its own. */
    private static final Map<String, String> EXCEPTIONS =
            Map.of("org.openjdk.jmh:jmh-core", "only the benchmark has it, which nobody ships");

    private Licences() {}

    /** A component of a bill of materials (CycloneDX), with the names of its licences. */
    record Component(String name, String version, List<String> licences) {
        static Component of(JsonNode json) {
            List<String> licences = new ArrayList<>();
            for (JsonNode choice : json.path("licenses")) {
                JsonNode licence = choice.path("license");
                String name = licence.path("id").asString(licence.path("name").asString(""));
                licences.add(name.isEmpty() ? choice.path("expression").asString("") : name);
            }
            return new Component(
                    json.path("group").asString("") + ":" + json.path("name").asString(""),
                    json.path("version").asString(""),
                    licences);
        }

        /** As a line of the list of third parties. */
        String line() {
            return name + " " + version + ": " + String.join(" or ", licences);
        }
    }

    static List<Component> components(JsonNode bom) {
        List<Component> components = new ArrayList<>();
        bom.path("components").forEach(component -> components.add(Component.of(component)));
        return components.stream()
                .filter(component -> !component.name().startsWith("io.tollgate:"))
                .toList();
    }

    /** Why a component may not be shipped; null: it may. */
    static @Nullable String objection(Component component) {
        if (EXCEPTIONS.containsKey(component.name())
                || component.licences().stream().anyMatch(ALLOWED::contains)) {
            return null;
        }
        return component.line() + ": none of these is allowed";
    }
}
