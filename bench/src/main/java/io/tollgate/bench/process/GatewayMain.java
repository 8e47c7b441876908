package io.tollgate.bench.process;

import io.tollgate.gateway.GatewayApplication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import org.springframework.context.ConfigurableApplicationContext;

/** The gateway alone in its process, on a free port; the load comes from outside. */
final class GatewayMain {
    private static final Duration READY_WITHIN = Duration.ofMinutes(1);

    private GatewayMain() {}

    public static void main(String[] arguments) throws Exception {
        try (ConfigurableApplicationContext gateway =
                GatewayApplication.builder().run(arguments)) {
            String port = Objects.requireNonNull(gateway.getEnvironment().getProperty("local.server.port"));
            awaitReady(URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"));
            ServerProcess.hold(port);
        }
    }

    /** Returns when a service says that it does its work. */
    static void awaitReady(URI readiness) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(readiness).build();
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (http.send(request, BodyHandlers.discarding()).statusCode() != 200) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the service was not ready within " + READY_WITHIN);
            }
            Thread.sleep(100);
        }
    }
}
