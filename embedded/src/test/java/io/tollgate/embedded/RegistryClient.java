package io.tollgate.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a Confluent client sends and reads, by plain HTTP. */
record RegistryClient(String url) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    record Answer(int status, JsonNode body) {
        int code() {
            return body.path("error_code").asInt(0);
        }
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send(path, "GET", "");
    }

    Answer post(String path, String body) throws IOException, InterruptedException {
        return send(path, "POST", body);
    }

    Answer put(String path, String body) throws IOException, InterruptedException {
        return send(path, "PUT", body);
    }

    Answer register(String subject, String schema) throws IOException, InterruptedException {
        return post("/subjects/" + subject + "/versions", schemaBody(schema));
    }

    static String schemaBody(String schema) {
        return JSON.writeValueAsString(Map.of("schema", schema, "schemaType", "AVRO"));
    }

    private Answer send(String path, String method, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .header("Accept", "application/vnd.schemaregistry.v1+json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), JSON.readTree(response.body()));
    }
}
