package io.tollgate.openapi;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who may call.
 *
 * @param scopes of keys, of which one is enough
 * @param roles of administrators
 */
public record Access(List<String> scopes, List<String> roles) {
    /** Everyone, without a key. */
    public static final Access OPEN = new Access(List.of(), List.of());

    private static final String KEY = "key";
    private static final String KEY_HEADER = "key_header";
    private static final String ADMIN = "admin";

    /** Whoever has a key with one of these scopes. */
    public static Access key(String... scopes) {
        return new Access(List.of(scopes), List.of());
    }

    /** Administrators of these roles; none: whoever has the admin token. */
    public static Access admin(String... roles) {
        return new Access(
                List.of(), Stream.concat(Stream.of("token"), Stream.of(roles)).toList());
    }

    /** These, and keys with the scope. */
    public Access orKey(String scope) {
        return new Access(List.of(scope), roles);
    }

    boolean takesKeys() {
        return !scopes.isEmpty();
    }

    boolean takesAdmins() {
        return !roles.isEmpty();
    }

    /** Alternatives: OpenAPI lets a scheme name the roles that it asks for. */
    ArrayNode security() {
        ArrayNode alternatives = JsonNodeFactory.instance.arrayNode();
        for (String scope : scopes) {
            alternatives.addObject().putArray(KEY).add(scope);
            alternatives.addObject().putArray(KEY_HEADER).add(scope);
        }
        for (String role : roles) {
            alternatives.addObject().putArray(ADMIN).add(role);
        }
        return alternatives;
    }

    static ObjectNode schemes() {
        ObjectNode schemes = JsonNodeFactory.instance.objectNode();
        schemes.putObject(KEY)
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "A company's key, `tg_…`. What is in brackets is the scope that it needs.");
        schemes.putObject(KEY_HEADER)
                .put("type", "apiKey")
                .put("in", "header")
                .put("name", "x-api-key")
                .put("description", "The same key in a header of its own.");
        schemes.putObject(ADMIN)
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "The admin token, or a named administrator's. What is in brackets is the role.");
        return schemes;
    }
}
