package io.tollgate.gateway;

import static io.tollgate.gateway.GatewayStack.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.json.JsonMapper;

/** Calls one gateway. */
final class GatewayClient {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;

    GatewayClient(int port) {
        this.port = port;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    void awaitReady() {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> get("/actuator/health/readiness").statusCode() == 200);
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    /** An admin call with the right token. */
    HttpResponse<String> admin(String method, String path, String body, String... headers) {
        return adminAs(GatewayStack.ADMIN_TOKEN, method, path, body, headers);
    }

    /** An admin call with any token. */
    HttpResponse<String> adminAs(String token, String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("/admin/v1/" + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + token);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    /** Makes the company and a key of it; the secret. */
    String key(String company, String... scopes) {
        admin("PUT", "companies/" + company, "{\"name\":\"" + company + "\"}");
        HttpResponse<String> made = admin(
                "POST",
                "keys",
                JSON.writeValueAsString(Map.of("company", company, "name", "test", "scopes", List.of(scopes))));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return json(made).path("secret").asString();
    }

    HttpResponse<String> events(String key, String contentType, String body, String... headers) {
        return events(key, contentType, BodyPublishers.ofByteArray(body.getBytes(UTF_8)), headers);
    }

    HttpResponse<String> events(String key, String contentType, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("/v1/events"))
                .POST(body)
                .header("content-type", contentType)
                .header("authorization", "Bearer " + key);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    /** An export of spans, as JSON. */
    HttpResponse<String> traces(String key, String body) {
        return send(HttpRequest.newBuilder(uri("/v1/traces"))
                .POST(BodyPublishers.ofString(body))
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + key));
    }

    /** One good event. */
    HttpResponse<String> event(String key, String id) {
        return events(key, "application/json", usage(id));
    }

    /** One good event, not waited for. */
    CompletableFuture<HttpResponse<String>> eventLater(String key, String id) {
        return eventsLater(key, "application/json", usage(id));
    }

    CompletableFuture<HttpResponse<String>> eventsLater(String key, String contentType, String body) {
        return http.sendAsync(
                HttpRequest.newBuilder(uri("/v1/events"))
                        .POST(BodyPublishers.ofString(body))
                        .header("content-type", contentType)
                        .header("authorization", "Bearer " + key)
                        .build(),
                BodyHandlers.ofString());
    }

    /** Asks for an admission. */
    HttpResponse<String> ask(String key, String body) {
        return send(asking(key, body));
    }

    /** Asks for an admission and does not wait. */
    CompletableFuture<HttpResponse<String>> askLater(String key, String body) {
        return http.sendAsync(asking(key, body).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder asking(String key, String body) {
        return HttpRequest.newBuilder(uri("/v1/admissions"))
                .POST(BodyPublishers.ofString(body))
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + key);
    }

    /** Reads an admission, or gives it back. */
    HttpResponse<String> admission(String method, String key, String reservation) {
        return send(HttpRequest.newBuilder(uri("/v1/admissions/" + reservation))
                .method(method, BodyPublishers.noBody())
                .header("authorization", "Bearer " + key));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static String usage(String id) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"it\",\"type\":\"tollgate.usage.v1\","
                + "\"data\":{\"provider\":\"p\",\"model\":\"m\",\"dimensions\":{\"input\":1200}}}";
    }
}
