package io.tollgate.bench.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The gateway of a running system, called as anybody would. */
public final class Tollgate {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI gateway;

    public Tollgate(URI gateway) {
        this.gateway = gateway;
    }

    /** Sends an event of a user; its id is the user's, so that each is another. */
    public void use(String key, String user, String tokens) throws IOException, InterruptedException {
        call(
                key,
                "POST",
                "/v1/events",
                Map.of(
                        "specversion",
                        "1.0",
                        "id",
                        user,
                        "source",
                        "bench",
                        "type",
                        "tollgate.usage.v1",
                        "subject",
                        user,
                        "data",
                        Map.of("provider", "bench", "model", "bench", "dimensions", Map.of("input", tokens))));
    }

    /**
     * Calls and gives the answer, an empty object where it has no body.
     *
     * @throws IOException if it is another status than 2xx
     */
    public JsonNode call(String token, String method, String path, Map<String, ?> body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve(path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofByteArray(JsonMapper.shared().writeValueAsBytes(body)))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(method + " " + path + " was answered " + answer.statusCode() + ": " + answer.body());
        }
        return JsonMapper.shared().readTree(answer.body().isEmpty() ? "{}" : answer.body());
    }
}
