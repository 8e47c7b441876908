package io.tollgate.standalone;

import io.tollgate.standalone.client.HttpApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Asks a service's own readiness probe, over HTTP as an orchestrator would. */
final class Readiness {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_LIMIT)
            .sslContext(OwnCertificate.context())
            .build();

    /** Says from time to time what it still waits for: restoring much state may take minutes, and that is no failure. */
    void await(Service service, PortPlan ports, StackListener listener) throws InterruptedException {
        long spokeAt = System.nanoTime();
        for (Probe probe = ask(service.url(ports)); !probe.isUp(); probe = ask(service.url(ports))) {
            if (System.nanoTime() - spokeAt > SLOW_NANOS) {
                listener.notice("waiting for " + service.title() + ": " + probe.detail());
                spokeAt = System.nanoTime();
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** What the probe says: {@code isUp}, or its own words for what is missing. */
    record Probe(boolean isUp, String detail) {}

    Probe ask(URI service) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service.resolve("/actuator/health/readiness"))
                .timeout(ANSWER_LIMIT)
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Probe(response.statusCode() == 200, missing(response.body()));
        } catch (IOException e) {
            return new Probe(false, e.toString());
        }
    }

    /** Of a probe's answer each part that is not up, with its own words. */
    static String missing(String answer) {
        try {
            String missing = HttpApi.MAPPER.readTree(answer).path("components").properties().stream()
                    .filter(part -> !part.getValue().path("status").asString("").equals("UP"))
                    .map(part -> part.getKey() + words(part.getValue().path("details")))
                    .collect(Collectors.joining(", "));
            return missing.isEmpty() ? answer : missing;
        } catch (JacksonException e) {
            return answer;
        }
    }

    private static String words(JsonNode details) {
        return details.properties().stream()
                .map(detail -> detail.getKey() + " " + detail.getValue().asString(""))
                .collect(Collectors.joining(", ", " (", ")"))
                .replace(" ()", "");
    }
}
