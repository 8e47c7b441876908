package io.tollgate.gateway.mapping;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The mappings by the type that each is of. */
public final class Mappings {
    public static final Mappings NONE = new Mappings(List.of());

    private final Map<String, Mapping> byType = new LinkedHashMap<>();

    public Mappings(List<Mapping> mappings) {
        for (Mapping mapping : mappings) {
            if (byType.put(mapping.type(), mapping) != null) {
                throw new IllegalArgumentException("tollgate.mappings: there are two for type " + mapping.type()
                        + "; which is meant can't be told");
            }
        }
    }

    /** Null: events of this type are not taken. */
    public @Nullable Mapping of(String type) {
        return byType.get(type);
    }

    /** The types that are taken, for a message: in front of each a comma. */
    public String types() {
        StringBuilder types = new StringBuilder();
        byType.keySet().forEach(type -> types.append(", ").append(type));
        return types.toString();
    }
}
