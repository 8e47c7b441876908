package io.tollgate.openapi;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI 3.1 document of a service. */
public final class ApiDocument {
    static final String PROBLEM = "Problem";
    private static final String PROBLEM_JSON = "application/problem+json";
    private static final String VERSION = "1";

    private final Schemas schemas = new Schemas();
    private final ObjectNode document = Shape.JSON.createObjectNode();

    private ApiDocument() {}

    /**
     * The document as it is served.
     *
     * @param title of the service
     * @param description what it is for, Markdown
     */
    public static ObjectNode of(String title, String description, List<Operation> operations) {
        return new ApiDocument().make(title, description, operations);
    }

    private ObjectNode make(String title, String description, List<Operation> operations) {
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", title)
                .put("version", VERSION)
                .put("description", description)
                .putObject("license")
                .put("name", "Apache-2.0")
                .put("identifier", "Apache-2.0");
        document.putArray("servers").addObject().put("url", "/");
        ObjectNode paths = document.putObject("paths");
        for (Operation operation : operations) {
            String path = operation.path().replace("{*", "{");
            ObjectNode item = paths.get(path) instanceof ObjectNode known ? known : paths.putObject(path);
            String method = operation.method().toLowerCase(Locale.ROOT);
            if (item.has(method)) {
                throw new IllegalArgumentException(operation.route() + " is described twice");
            }
            item.set(method, described(operation));
        }
        ObjectNode components = document.putObject("components");
        components.set("securitySchemes", Access.schemes());
        schemas.define(PROBLEM, Problems.SCHEMA);
        components.set("schemas", schemas.definitions());
        return document;
    }

    private ObjectNode described(Operation operation) {
        ObjectNode described = Shape.JSON.createObjectNode();
        described.putArray("tags").add(tag(operation.path()));
        described.put("operationId", id(operation));
        described.put("summary", operation.summary());
        if (!operation.parameters().isEmpty()) {
            var parameters = described.putArray("parameters");
            operation.parameters().forEach(parameter -> {
                ObjectNode one = parameters
                        .addObject()
                        .put("name", parameter.name())
                        .put("in", parameter.in())
                        .put("required", parameter.required());
                if (!parameter.description().isEmpty()) {
                    one.put("description", parameter.description());
                }
                one.putObject("schema").put("type", "string");
            });
        }
        Operation.Content body = operation.body();
        if (body != null) {
            content(body, described.putObject("requestBody").put("required", true));
        }
        ObjectNode responses = described.putObject("responses");
        operation
                .answers()
                .forEach((status, answer) -> content(
                        answer,
                        responses.putObject(Integer.toString(status)).put("description", answer.description())));
        Problems.of(operation).forEach((status, codes) -> {
            // Where a status is described outright its answer is no problem document.
            if (!responses.has(Integer.toString(status))) {
                problem(status, codes, responses);
            }
        });
        described.set("security", operation.access().security());
        return described;
    }

    private void content(Operation.Content of, ObjectNode to) {
        of.shapes().forEach((type, shape) -> {
            ObjectNode media = to.withObject("/content").putObject(type);
            media.set("schema", shape.in(schemas));
            String example = of.examples().get(type);
            if (example != null) {
                media.set("example", Shape.JSON.readTree(example));
            }
        });
    }

    /** Its codes are all that there are: a check of answers finds one that is not told of. */
    private static void problem(int status, Set<String> codes, ObjectNode responses) {
        JsonNode schema = Shape.JSON.valueToTree(Map.of(
                "allOf",
                List.of(
                        Map.of("$ref", "#/components/schemas/" + PROBLEM),
                        Map.of("properties", Map.of("code", Map.of("enum", codes))))));
        responses
                .putObject(Integer.toString(status))
                .put("description", String.join(", ", codes))
                .putObject("content")
                .putObject(PROBLEM_JSON)
                .set("schema", schema);
    }

    /** What a path is about: the first part of it that is not the same for all. */
    private static String tag(String path) {
        String[] parts = path.replaceFirst("^/(admin/v1|api/v1|v1)/", "/").split("/", -1);
        return parts[1];
    }

    private static String id(Operation operation) {
        return operation.method().toLowerCase(Locale.ROOT)
                + operation.path().replaceAll("[^A-Za-z0-9]+", "_").replaceAll("_$", "");
    }
}
