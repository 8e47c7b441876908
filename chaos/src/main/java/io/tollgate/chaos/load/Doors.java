package io.tollgate.chaos.load;

import io.tollgate.chaos.load.Sent.Answer;
import io.tollgate.chaos.load.Traffic.Batch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tollgate from outside, by HTTP: what a producer, an administrator and a reader say to it. */
public final class Doors {
    /** Longer than a gateway takes to say that it does not know. */
    private static final Duration TIMEOUT = Duration.ofSeconds(12);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final List<URI> gateways;
    private final URI usageApi;
    private final String adminToken;

    public Doors(List<URI> gateways, URI usageApi, String adminToken) {
        this.gateways = gateways;
        this.usageApi = usageApi;
        this.adminToken = adminToken;
    }

    int gateways() {
        return gateways.size();
    }

    /**
     * Sends a batch to a gateway.
     *
     * @return what became of each submission
     * @throws IOException if there was no answer
     * @throws UnexpectedAnswerException if it is none that may be
     */
    List<Answer> send(int gateway, String key, Batch batch)
            throws IOException, InterruptedException, UnexpectedAnswerException {
        HttpRequest request = HttpRequest.newBuilder(gateways.get(gateway).resolve("/v1/events"))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/cloudevents-batch+json")
                .POST(BodyPublishers.ofString(
                        batch.submissions().stream().map(Submission::json).collect(Collectors.joining(",", "[", "]"))))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        int size = batch.submissions().size();
        return switch (response.statusCode()) {
            case 204 -> all(size, Answer.ACKNOWLEDGED);
            case 207 -> verdicts(response.body(), size);
            case 422 -> all(size, Answer.REJECTED);
            case 503 -> all(size, Answer.UNKNOWN);
            default -> throw new UnexpectedAnswerException(response.statusCode() + " " + response.body());
        };
    }

    private static List<Answer> all(int size, Answer answer) {
        return Collections.nCopies(size, answer);
    }

    private static List<Answer> verdicts(String body, int size) {
        List<Answer> answers = new ArrayList<>(all(size, Answer.ACKNOWLEDGED));
        for (JsonNode result : JsonMapper.shared().readTree(body).get("results")) {
            if (result.get("verdict").asString().equals("rejected")) {
                answers.set(result.get("index").asInt(), Answer.REJECTED);
            }
        }
        return answers;
    }

    /** An admin call, to whichever gateway. */
    JsonNode change(int gateway, String method, String path, String body)
            throws IOException, InterruptedException, UnexpectedAnswerException {
        HttpRequest request = HttpRequest.newBuilder(gateways.get(gateway).resolve("/admin/v1/" + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + adminToken)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        return ok(http.send(request, BodyHandlers.ofString()));
    }

    /** The balance of everything. */
    public JsonNode balance() throws IOException, InterruptedException, UnexpectedAnswerException {
        HttpRequest request = HttpRequest.newBuilder(usageApi.resolve("/v1/balance"))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + adminToken)
                .build();
        return ok(http.send(request, BodyHandlers.ofString()));
    }

    private static JsonNode ok(HttpResponse<String> response) throws UnexpectedAnswerException {
        if (response.statusCode() / 100 != 2) {
            throw new UnexpectedAnswerException(
                    response.uri().getPath() + " answered " + response.statusCode() + " " + response.body());
        }
        return JsonMapper.shared().readTree(response.body());
    }
}
