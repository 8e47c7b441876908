package io.tollgate.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfig;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Schema of the records that are serialised: their members in snake_case, null where the record says so, absent
 * where Jackson leaves null out.
 */
final class Schemas {
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private final SchemaBuilder named =
            new SchemaGenerator(config(Option.DEFINITIONS_FOR_ALL_OBJECTS)).buildMultipleSchemaDefinitions();
    private final SortedMap<String, JsonNode> outright = new TreeMap<>();
    private final SchemaGenerator whole = new SchemaGenerator(config(Option.INLINE_ALL_SCHEMAS));

    /** A reference to the schema of a record, which {@link #definitions} has. */
    ObjectNode reference(Class<?> type) {
        return named.createSchemaReference(type);
    }

    /** A reference to a schema that is said outright. */
    ObjectNode define(String name, String schema) {
        outright.putIfAbsent(name, Shape.JSON.readTree(schema));
        return Shape.JSON.createObjectNode().put("$ref", "#/components/schemas/" + name);
    }

    /** All that were referred to, by name; the last call. */
    ObjectNode definitions() {
        ObjectNode definitions = named.collectDefinitions("components/schemas");
        outright.forEach(definitions::set);
        return definitions;
    }

    /** A record's schema as that of a body that it is read from. */
    ObjectNode request(Shape.Request request) {
        ObjectNode schema = whole.generateSchema(request.view());
        ObjectNode properties = (ObjectNode) schema.get("properties");
        if (!request.members().isEmpty()) {
            properties.retain(request.members());
        }
        request.numbers().forEach(name -> alsoNumbers((ObjectNode) properties.get(name)));
        optional(schema);
        ArrayNode required = schema.putArray("required");
        for (String name : request.required()) {
            if (!properties.has(name)) {
                throw new IllegalArgumentException(request.view() + " has no " + name);
            }
            required.add(name);
        }
        return schema;
    }

    /** Members may be left out or null, at every depth. */
    private static void optional(ObjectNode schema) {
        schema.remove("required");
        if (schema.get("properties") instanceof ObjectNode properties) {
            properties.properties().forEach(member -> {
                ObjectNode property = (ObjectNode) member.getValue();
                optional(property);
                JsonNode type = property.get("type");
                if (type != null && !type.isArray()) {
                    property.putArray("type").add(type).add("null");
                }
            });
        }
    }

    private static void alsoNumbers(ObjectNode schema) {
        ObjectNode texts = schema.get("items") instanceof ObjectNode items ? items : schema;
        texts.putArray("type").add("string").add("number");
        if (texts == schema) {
            ((ArrayNode) schema.get("type")).add("null");
        }
    }

    private static SchemaGeneratorConfig config(Option structure) {
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(
                        Shape.JSON, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .without(Option.SCHEMA_VERSION_INDICATOR)
                .with(
                        structure,
                        Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT,
                        Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES,
                        Option.PLAIN_DEFINITION_KEYS);
        config.forFields()
                .withPropertyNameOverrideResolver(field -> snakeCase(field.getDeclaredName()))
                .withNullableCheck(field -> isNullable(field) && !leavesNullOut(field))
                .withRequiredCheck(field -> !leavesNullOut(field));
        config.forTypesInGeneral()
                .withCustomDefinitionProvider((type, context) -> asItCame(type.getErasedType()))
                .withDefinitionNamingStrategy(
                        (key, context) -> name(key.getType().getErasedType()));
        return config.build();
    }

    /** JSON that is passed on may be anything. */
    private static @Nullable CustomDefinition asItCame(Class<?> type) {
        return JsonNode.class.isAssignableFrom(type)
                ? new CustomDefinition(
                        Shape.JSON.createObjectNode(),
                        CustomDefinition.DefinitionType.INLINE,
                        CustomDefinition.AttributeInclusion.NO)
                : null;
    }

    static String snakeCase(String name) {
        return HUMP.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
    }

    private static boolean isNullable(FieldScope field) {
        return !field.isFakeContainerItemScope()
                && field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static boolean leavesNullOut(FieldScope field) {
        Class<?> owner = field.getRawMember().getDeclaringClass();
        return isNullable(field)
                && (field.getRawMember().isAnnotationPresent(JsonInclude.class)
                        || owner.isAnnotationPresent(JsonInclude.class));
    }

    /** {@code Companies.CompanyView} is a Company, {@code AlertsBody.Item} an AlertsItem. */
    private static String name(Class<?> type) {
        Deque<String> names = new ArrayDeque<>();
        for (Class<?> at = type; at != null; at = at.getEnclosingClass()) {
            names.addFirst(at.getSimpleName());
        }
        String last = names.getLast();
        boolean speaksForItself = last.endsWith("View") && last.length() > "View".length();
        String name = speaksForItself ? last : String.join("", names);
        return name.replaceAll("View|Body|Json", "");
    }
}
