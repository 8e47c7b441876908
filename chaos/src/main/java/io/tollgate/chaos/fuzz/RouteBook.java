package io.tollgate.chaos.fuzz;

import io.tollgate.chaos.fuzz.input.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The routes of a service, read off the OpenAPI document that it serves: a test of its own keeps that whole. */
final class RouteBook {
    private RouteBook() {}

    /** @param service its number among the services */
    static List<Route> read(int service, String document) {
        List<Route> routes = new ArrayList<>();
        JsonNode paths = JsonMapper.shared().readTree(document).get("paths");
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                routes.add(new Route(
                        service,
                        operation.getKey().toUpperCase(Locale.ROOT),
                        path.getKey(),
                        query(operation.getValue()),
                        examples(operation.getValue())));
            }
        }
        return routes;
    }

    private static List<String> query(JsonNode operation) {
        List<String> names = new ArrayList<>();
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.path("in").asString("").equals("query")) {
                names.add(parameter.get("name").asString());
            }
        }
        return names;
    }

    /** By media type; of one that has no example an object, which says that there is a body. */
    private static Map<String, String> examples(JsonNode operation) {
        Map<String, String> examples = new TreeMap<>();
        for (Map.Entry<String, JsonNode> type :
                operation.path("requestBody").path("content").properties()) {
            JsonNode example = type.getValue().path("example");
            examples.put(type.getKey(), example.isMissingNode() ? "{}" : example.toString());
        }
        return examples;
    }
}
