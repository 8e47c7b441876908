package io.tollgate.gateway.otlp;

import io.tollgate.gateway.format.SpanUsage;
import io.tollgate.gateway.format.VendorMetadata;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which attributes are kept. The others, prompts and answers among them, are stepped over where they stand: what is not
 * kept here reaches no log, topic or message.
 */
final class SpanAttributes {
    private static final Set<String> KEPT = Stream.of(
                    SpanUsage.ATTRIBUTES.stream(), Names.all(), Operation.NAMES.stream(), Stream.of(SpanUsage.METADATA))
            .flatMap(names -> names)
            .collect(Collectors.toUnmodifiableSet());

    private SpanAttributes() {}

    static boolean isKept(String name) {
        return KEPT.contains(name) || name.startsWith(Names.LABEL);
    }

    /** Keeps a text, number or flag; of the vendor's metadata its usage. */
    static void put(ObjectNode attributes, String name, JsonNode value) {
        if (!name.equals(SpanUsage.METADATA)) {
            attributes.set(name, value);
            return;
        }
        ObjectNode usage = value.isString() ? VendorMetadata.kept(value.stringValue()) : null;
        if (usage != null) {
            attributes.set(name, usage);
        }
    }
}
