package io.tollgate.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

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
            return new Probe(response.statusCode() == 200, response.body());
        } catch (IOException e) {
            return new Probe(false, e.toString());
        }
    }
}
