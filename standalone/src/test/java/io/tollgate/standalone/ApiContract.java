package io.tollgate.standalone;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/** A service's OpenAPI document as it is served, and whether requests and answers are as it says. */
final class ApiContract {
    private static final String HERE = "https://tollgate.test/openapi.json";

    private final String text;
    private final JsonNode document;
    private final SchemaRegistry registry;
    private final Map<String, Schema> schemas = new HashMap<>();

    private ApiContract(String text) {
        this.text = text;
        this.document = JsonMapper.shared().readTree(text);
        this.registry =
                SchemaRegistry.withDefaultDialect(Dialects.getOpenApi31(), made -> made.schemas(Map.of(HERE, text)));
    }

    static ApiContract of(URI service) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(service.resolve("/openapi.json")).build();
        return new ApiContract(HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body());
    }

    String text() {
        return text;
    }

    JsonNode document() {
        return document;
    }

    /** {@code GET /v1/stats}. */
    Set<String> routes() {
        Set<String> routes = new TreeSet<>();
        document.path("paths").properties().forEach(path -> path.getValue()
                .propertyNames()
                .forEach(method -> routes.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return routes;
    }

    JsonNode operation(String route) {
        return document.at(pointer(route));
    }

    /** What an answer has that the document doesn't tell of; empty: nothing. */
    String objectionTo(String route, HttpResponse<String> answer) {
        String pointer = pointer(route) + "/responses/" + answer.statusCode();
        JsonNode described = document.at(pointer);
        if (described.isMissingNode()) {
            return "no " + answer.statusCode() + " is described: " + answer.body();
        }
        String type = answer.headers().firstValue("content-type").orElse("").replaceAll(";.*", "");
        if (answer.body().isEmpty() && !described.has("content")) {
            return "";
        }
        return objection(pointer + "/content/" + escaped(type), type, answer.body());
    }

    /** What a request has that the document doesn't tell of; empty: nothing. */
    String objectionTo(String route, String type, String body) {
        return objection(pointer(route) + "/requestBody/content/" + escaped(type), type, body);
    }

    private String objection(String pointer, String type, String body) {
        if (document.at(pointer).isMissingNode()) {
            return "no " + type + " is described at " + pointer + ": " + body;
        }
        JsonNode instance = type.endsWith("json") ? JsonMapper.shared().readTree(body) : StringNode.valueOf(body);
        Schema schema = schemas.computeIfAbsent(
                pointer + "/schema", at -> registry.getSchema(SchemaLocation.of(HERE + "#" + at)));
        List<Error> errors = schema.validate(instance);
        return errors.isEmpty() ? "" : errors + ": " + body;
    }

    private static String pointer(String route) {
        int space = route.indexOf(' ');
        String path = route.substring(space + 1).replace("{*", "{");
        return "/paths/" + escaped(path) + "/" + route.substring(0, space).toLowerCase(Locale.ROOT);
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
