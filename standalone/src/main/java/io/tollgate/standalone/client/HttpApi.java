package io.tollgate.standalone.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** One Tollgate service, called over HTTP with one token. */
public final class HttpApi {
    /** JSON as the API spells it: snake case, absent instead of null, decimals exact. */
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** The gateway's own limit is 10 s; a little longer, so that its answer arrives rather than our own time-out. */
    private static final Duration TIMEOUT = Duration.ofSeconds(12);

    /** Until the answer begins. */
    private static final Duration LONG_TIMEOUT = Duration.ofMinutes(15);

    private final HttpClient client;
    private final URI base;
    private final String token;

    public HttpApi(HttpClient client, URI base, String token) {
        this.client = client;
        this.base = base;
        this.token = token;
    }

    public HttpApi withToken(String other) {
        return new HttpApi(client, base, other);
    }

    /**
     * An answer whose body is read as it comes, however long that takes.
     *
     * @param headers names and values in turn
     */
    public HttpResponse<InputStream> open(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).timeout(LONG_TIMEOUT).GET();
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    public Answer get(String path) throws IOException, InterruptedException {
        return Answer.of(client.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString()));
    }

    /**
     * Sends a body as JSON.
     *
     * @param headers names and values in turn
     */
    public Answer send(String method, String path, Object body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                headers.length == 0 ? request(path) : request(path).headers(headers);
        return Answer.of(
                client.send(body(request, method, "application/json", body), HttpResponse.BodyHandlers.ofString()));
    }

    public Answer delete(String path) throws IOException, InterruptedException {
        return Answer.of(client.send(request(path).DELETE().build(), HttpResponse.BodyHandlers.ofString()));
    }

    /** As part of a path or a query. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public CompletableFuture<Answer> post(String path, String contentType, Object body) {
        HttpRequest request = body(request(path), "POST", contentType, body);
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(Answer::of);
    }

    /** Posts bytes as they are; what the service does with them may take a while. */
    public Answer post(String path, byte[] body, Duration patience) throws IOException, InterruptedException {
        return post(path, "application/json", body, patience);
    }

    public Answer post(String path, String contentType, byte[] body, Duration patience)
            throws IOException, InterruptedException {
        HttpRequest request = request(path)
                .timeout(patience)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return Answer.of(client.send(request, HttpResponse.BodyHandlers.ofString()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(TIMEOUT)
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token);
    }

    private static HttpRequest body(HttpRequest.Builder request, String method, String contentType, Object body) {
        return request.header("Content-Type", contentType)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body)))
                .build();
    }

    /**
     * What came back.
     *
     * @param retryAfter null where the answer names no time
     */
    public record Answer(int status, String body, @Nullable Duration retryAfter) {
        static Answer of(HttpResponse<String> response) {
            return of(response, response.body());
        }

        /** Of a body that was read by hand. */
        public static Answer of(HttpResponse<?> response, String body) {
            Duration retryAfter = response.headers()
                    .firstValue("Retry-After")
                    .filter(value -> value.matches("\\d{1,4}"))
                    .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                    .orElse(null);
            return new Answer(response.statusCode(), body, retryAfter);
        }

        public boolean isOk() {
            return status >= 200 && status < 300;
        }

        public JsonNode json() {
            return MAPPER.readTree(body);
        }
    }
}
