package io.tollgate.gateway.format;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The body of a call that is told by one body; should there be several, the last is the whole one. */
final class Last {
    private Last() {}

    static JsonNode of(List<JsonNode> chunks) {
        return chunks.isEmpty() ? MissingNode.getInstance() : chunks.get(chunks.size() - 1);
    }
}
