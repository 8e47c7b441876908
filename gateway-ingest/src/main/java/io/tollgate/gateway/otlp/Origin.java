package io.tollgate.gateway.otlp;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where spans come from: complete when the request is read to its end, since resource and scope may stand behind the spans
 * that are theirs.
 */
final class Origin {
    private final ObjectNode resource;
    private @Nullable String scope;

    /** @param resource kept attributes of the service, shared by all its scopes */
    Origin(ObjectNode resource) {
        this.resource = resource;
    }

    ObjectNode resource() {
        return resource;
    }

    @Nullable
    String scope() {
        return scope;
    }

    void scope(String name) {
        scope = name;
    }
}
