package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the tests say to Tollgate from outside, over HTTP, as a producer or an admin would. */
final class TollgateClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    /** Of a file that is made first. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI gateway;
    private final URI usageApi;
    private final String adminToken;

    TollgateClient(URI gateway, URI usageApi, String adminToken) {
        this.gateway = gateway;
        this.usageApi = usageApi;
        this.adminToken = adminToken;
    }

    void putCompany(String id) throws IOException, InterruptedException {
        String body = "{\"name\":\"" + id + "\",\"currency\":\"USD\",\"timezone\":\"UTC\",\"labels\":{}}";
        ok(http.send(
                admin("/admin/v1/companies/" + id)
                        .PUT(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString()));
    }

    /** Makes a key and gives its secret. */
    String createKey(String company, List<String> scopes) throws IOException, InterruptedException {
        String body = "{\"company\":\"" + company + "\",\"name\":\"test\",\"scopes\":[\"" + String.join("\",\"", scopes)
                + "\"]}";
        return json(postAdmin("/admin/v1/keys", body)).get("secret").asString();
    }

    void postPrices(List<String> items) throws IOException, InterruptedException {
        postAdmin("/admin/v1/prices", "[" + String.join(",", items) + "]");
    }

    /** An admin call with a JSON body, and its answer. */
    JsonNode post(String path, String body) throws IOException, InterruptedException {
        return json(postAdmin("/admin/v1/" + path, body));
    }

    JsonNode put(String path, String body) throws IOException, InterruptedException {
        return json(ok(http.send(
                admin("/admin/v1/" + path).PUT(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString())));
    }

    /** Asks whether a call may go ahead; the answer as it is. */
    HttpResponse<String> admit(String key, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve("/v1/admissions"))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return json(ok(http.send(admin("/admin/v1/" + path).GET().build(), BodyHandlers.ofString())));
    }

    private String postAdmin(String path, String body) throws IOException, InterruptedException {
        return ok(http.send(admin(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString()));
    }

    /** Sends a batch and gives the status, whatever it is. */
    int sendBatch(String key, List<String> events) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve("/v1/events"))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/cloudevents-batch+json")
                .POST(BodyPublishers.ofString("[" + String.join(",", events) + "]"))
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    /** Sends a vendor's body as it is and gives the status; headers as name, value, name, value. */
    int sendVendor(String key, String format, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve("/v1/vendor/" + format))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .headers(headers)
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    JsonNode balance() throws IOException, InterruptedException {
        return read("/v1/balance");
    }

    /** An answer of the usage API, as an admin sees it. */
    JsonNode read(String pathAndQuery) throws IOException, InterruptedException {
        return json(ok(http.send(reading(pathAndQuery, "application/json"), BodyHandlers.ofString())));
    }

    /** The same as a file, of whatever type. */
    HttpResponse<Path> save(String pathAndQuery, String type, Path file) throws IOException, InterruptedException {
        HttpResponse<Path> response = http.send(reading(pathAndQuery, type), BodyHandlers.ofFile(file));
        assertThat(response.statusCode()).as(pathAndQuery).isEqualTo(200);
        return response;
    }

    private HttpRequest reading(String pathAndQuery, String type) {
        return HttpRequest.newBuilder(usageApi.resolve(pathAndQuery))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + adminToken)
                .header("Accept", type)
                .build();
    }

    private HttpRequest.Builder admin(String path) {
        return HttpRequest.newBuilder(gateway.resolve(path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + adminToken)
                .header("Content-Type", "application/json");
    }

    private static String ok(HttpResponse<String> response) {
        assertThat(response.statusCode())
                .describedAs("%s answered %s", response.uri(), response.body())
                .isBetween(200, 299);
        return response.body();
    }

    private static JsonNode json(String body) {
        return JsonMapper.shared().readTree(body);
    }
}
