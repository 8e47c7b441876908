package io.tollgate.standalone.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;

/**
 * Somebody's endpoint for alerts: takes webhooks on a free port of 127.0.0.1 and believes only those that are signed with
 * its secret, as Standard Webhooks has it.
 */
final class AlertReceiver implements AutoCloseable {
    private static final String SECRET_PREFIX = "whsec_";
    private static final String VERSION = "v1,";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "demo-alerts");
        thread.setDaemon(true);
        return thread;
    });
    private final Consumer<JsonNode> alerts;
    private volatile byte[] secret = {};

    private AlertReceiver(Consumer<JsonNode> alerts) throws IOException {
        this.alerts = alerts;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    /** @param alerts called with each webhook's body */
    static AlertReceiver start(Consumer<JsonNode> alerts) throws IOException {
        AlertReceiver receiver = new AlertReceiver(alerts);
        receiver.server.createContext("/", receiver::take);
        receiver.server.setExecutor(receiver.threads);
        receiver.server.start();
        return receiver;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/alerts");
    }

    /** What webhooks must be signed with from now on, as the admin API gave it. */
    void expect(String text) {
        secret = Base64.getDecoder().decode(text.substring(SECRET_PREFIX.length()));
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (isSigned(exchange, body)) {
                alerts.accept(DemoJson.MAPPER.readTree(body));
                exchange.sendResponseHeaders(204, -1);
            } else {
                exchange.sendResponseHeaders(401, -1);
            }
        }
    }

    private boolean isSigned(HttpExchange exchange, byte[] body) {
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        String timestamp = exchange.getRequestHeaders().getFirst("webhook-timestamp");
        String signatures = exchange.getRequestHeaders().getFirst("webhook-signature");
        if (id == null || timestamp == null || signatures == null) {
            return false;
        }
        String expected = VERSION + Base64.getEncoder().encodeToString(hmac(id + "." + timestamp + ".", body));
        return List.of(signatures.split(" ")).stream()
                .anyMatch(signature -> MessageDigest.isEqual(
                        signature.getBytes(StandardCharsets.US_ASCII), expected.getBytes(StandardCharsets.US_ASCII)));
    }

    private byte[] hmac(String prefix, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update(prefix.getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HMAC-SHA256", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
