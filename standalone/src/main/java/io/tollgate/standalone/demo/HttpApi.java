package io.tollgate.standalone.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One Tollgate service, called over HTTP with one token. */
final class HttpApi {
    /** The gateway's own limit is 10 s; a little longer, so that its answer arrives rather than our own time-out. */
    private static final Duration TIMEOUT = Duration.ofSeconds(12);

    private final HttpClient client;
    private final URI base;
    private final String token;

    HttpApi(HttpClient client, URI base, String token) {
        this.client = client;
        this.base = base;
        this.token = token;
    }

    HttpApi withToken(String other) {
        return new HttpApi(client, base, other);
    }

    Answer get(String path) throws IOException, InterruptedException {
        return Answer.of(client.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString()));
    }

    Answer send(String method, String path, Object body) throws IOException, InterruptedException {
        return Answer.of(client.send(
                body(request(path), method, "application/json", body), HttpResponse.BodyHandlers.ofString()));
    }

    CompletableFuture<Answer> post(String path, String contentType, Object body) {
        HttpRequest request = body(request(path), "POST", contentType, body);
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(Answer::of);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(TIMEOUT)
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token);
    }

    private static HttpRequest body(HttpRequest.Builder request, String method, String contentType, Object body) {
        return request.header("Content-Type", contentType)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(DemoJson.MAPPER.writeValueAsBytes(body)))
                .build();
    }

    /** @param retryAfter null where the answer names no time */
    record Answer(int status, String body, @Nullable Duration retryAfter) {
        static Answer of(HttpResponse<String> response) {
            Duration retryAfter = response.headers()
                    .firstValue("Retry-After")
                    .filter(value -> value.matches("\\d{1,4}"))
                    .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                    .orElse(null);
            return new Answer(response.statusCode(), response.body(), retryAfter);
        }

        boolean isOk() {
            return status >= 200 && status < 300;
        }

        JsonNode json() {
            return DemoJson.MAPPER.readTree(body);
        }
    }
}
