package io.tollgate.gateway.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** How two JSON objects differ, member by member; an array is one value. Pure. */
final class Differences {
    /** Behind the last element, as RFC 6902 points to it. */
    static final String ADDED = "/-";

    private Differences() {}

    /**
     * A member that differs.
     *
     * @param path RFC 6901 pointer to it
     * @param before null: it was not there
     * @param after null: it is not there any more
     */
    record Difference(String path, @Nullable JsonNode before, @Nullable JsonNode after) {}

    /** Null is an object without members; where they are arrays, what was added to the one. */
    static List<Difference> between(@Nullable JsonNode before, @Nullable JsonNode after) {
        List<Difference> found = new ArrayList<>();
        if (after != null && after.isArray()) {
            after.forEach(added -> found.add(new Difference(ADDED, null, added)));
            return found;
        }
        compare("", orEmpty(before), orEmpty(after), found);
        return found;
    }

    /** One that is null is none. */
    private static @Nullable JsonNode member(JsonNode of, String name) {
        JsonNode found = of.get(name);
        return found == null || found.isNull() ? null : found;
    }

    private static JsonNode orEmpty(@Nullable JsonNode node) {
        return node == null ? JsonNodeFactory.instance.objectNode() : node;
    }

    private static void compare(String path, JsonNode before, JsonNode after, List<Difference> found) {
        Set<String> names = new LinkedHashSet<>(before.propertyNames());
        names.addAll(after.propertyNames());
        for (String name : names) {
            JsonNode was = member(before, name);
            JsonNode is = member(after, name);
            String at = path + "/" + name.replace("~", "~0").replace("/", "~1");
            if ((was == null || was.isObject()) && (is == null || is.isObject())) {
                compare(at, orEmpty(was), orEmpty(is), found);
            } else if (was == null || !was.equals(is)) {
                found.add(new Difference(at, was, is));
            }
        }
    }
}
