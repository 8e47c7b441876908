package io.tollgate.embedded.registry;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request taken apart.
 *
 * @param path the decoded segments below the registry's root; a subject may hold anything, slashes included
 */
record RegistryRequest(String method, List<String> path, String query, String body) {
    private static final JsonMapper JSON = JsonMapper.shared();

    static RegistryRequest of(String method, String root, URI uri, String body) {
        String below = uri.getRawPath().substring(root.length());
        List<String> path = Arrays.stream(below.split("/", -1))
                .filter(segment -> !segment.isEmpty())
                // A plus is a plus in a path.
                .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
        return new RegistryRequest(method, path, uri.getRawQuery() == null ? "" : uri.getRawQuery(), body);
    }

    boolean asksFor(String flag) {
        return Arrays.asList(query.split("&", -1)).contains(flag + "=true");
    }

    String segment(int index) {
        return path.get(index);
    }

    /** The schema in {@code {"schema": "…", "schemaType": "AVRO"}}. */
    Schema schema() {
        JsonNode body = json();
        if (!body.path("schemaType").asString("AVRO").equals("AVRO")) {
            throw RegistryException.invalidSchema("this embedded registry takes schemaType AVRO only");
        }
        if (!body.path("references").isEmpty()) {
            throw RegistryException.invalidSchema(
                    "this embedded registry takes no references: put the named types into the schema itself");
        }
        JsonNode text = body.path("schema");
        if (!text.isString()) {
            throw RegistryException.invalidSchema("the field schema is missing or no string");
        }
        try {
            return new Schema.Parser().parse(text.stringValue());
        } catch (SchemaParseException e) {
            throw RegistryException.invalidSchema(String.valueOf(e.getMessage()));
        } catch (AvroRuntimeException e) {
            throw RegistryException.invalidSchema("not an Avro schema: " + e.getMessage());
        }
    }

    Compatibility level() {
        String level = json().path("compatibility").asString("");
        return Compatibility.named(level).orElseThrow(() -> RegistryException.invalidLevel(level));
    }

    private JsonNode json() {
        try {
            JsonNode node = JSON.readTree(body);
            if (!node.isObject()) {
                throw RegistryException.unreadableBody("the body is no JSON object");
            }
            return node;
        } catch (JacksonException e) {
            throw RegistryException.unreadableBody("the body is no JSON: " + e.getOriginalMessage());
        }
    }
}
