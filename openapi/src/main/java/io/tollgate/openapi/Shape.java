package io.tollgate.openapi;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a body looks like: of a record that is serialised, or said in JSON Schema. */
public final class Shape {
    static final JsonMapper JSON = JsonMapper.shared();

    private final Function<Schemas, JsonNode> schema;

    private Shape(Function<Schemas, JsonNode> schema) {
        this.schema = schema;
    }

    /** A record as Jackson writes it. */
    public static Shape of(Class<?> type) {
        return new Shape(schemas -> schemas.reference(type));
    }

    /** A page of a list. */
    public static Shape page(Class<?> item) {
        return new Shape(schemas -> {
            ObjectNode page = JSON.readValue(
                    """
                    {"type":"object","required":["items","next_cursor"],"additionalProperties":false,
                     "properties":{"items":{"type":"array"},
                       "next_cursor":{"type":["string","null"],"description":"for ?cursor=; null: this is the last page"}}}
                    """,
                    ObjectNode.class);
            ((ObjectNode) page.at("/properties/items")).set("items", schemas.reference(item));
            return page;
        });
    }

    /** JSON Schema as it is. */
    public static Shape json(String schema) {
        return new Shape(schemas -> JSON.readTree(schema));
    }

    /**
     * JSON Schema as it is, under a name of its own.
     *
     * @param others that it refers to, as {@code #/components/schemas/Name}
     */
    public static Shape named(String name, String schema, Shape... others) {
        return new Shape(schemas -> {
            for (Shape other : others) {
                other.in(schemas);
            }
            return schemas.define(name, schema);
        });
    }

    public static Shape listOf(Shape item) {
        return new Shape(schemas -> {
            ObjectNode list = JsonNodeFactory.instance.objectNode().put("type", "array");
            list.set("items", item.in(schemas));
            return list;
        });
    }

    public static Shape text() {
        return json("{\"type\":\"string\"}");
    }

    /**
     * What a record is made from: its own members, each of which may be left out or null but those that are required.
     *
     * @param view how it is read back
     * @param required members that must be there
     */
    public static Request request(Class<?> view, String... required) {
        return new Request(view, Set.of(required), Set.of(), List.of());
    }

    /**
     * A body that is read into a record of this view.
     *
     * @param numbers members that may also be numbers: amounts, which are strings where they are read back
     * @param members that are taken; none: all of the view's, so that what was read can be sent back
     */
    public record Request(Class<?> view, Set<String> required, Set<String> numbers, List<String> members) {
        public Request numbers(String... names) {
            return new Request(view, required, Set.of(names), members);
        }

        public Request only(String... names) {
            return new Request(view, required, numbers, List.of(names));
        }

        /** What is shown once and never read. */
        public Request without(String name) {
            return only(Arrays.stream(view.getRecordComponents())
                    .map(component -> Schemas.snakeCase(component.getName()))
                    .filter(member -> !member.equals(name))
                    .toArray(String[]::new));
        }

        public Shape shape() {
            return new Shape(schemas -> schemas.request(this));
        }
    }

    JsonNode in(Schemas schemas) {
        return schema.apply(schemas);
    }
}
