package io.tollgate.embedded.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** The registry of a folder, as the handler of an HTTP server. */
public final class RegistryHandler implements HttpHandler, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RegistryHandler.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int BODY_LIMIT_BYTES = 4 << 20;

    private final String root;
    private final Journal journal;
    private final RegistryRoutes routes;

    private RegistryHandler(String root, Journal journal) {
        this.root = root;
        this.journal = journal;
        this.routes = new RegistryRoutes(new Subjects(journal));
    }

    /** Reads what the folder holds, and makes it where it isn't yet. */
    public static RegistryHandler open(Path folder, String root) throws IOException {
        return new RegistryHandler(root, Journal.open(folder));
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(BODY_LIMIT_BYTES + 1);
            if (body.length > BODY_LIMIT_BYTES) {
                refuse(exchange, 413, 413, "the body is larger than " + BODY_LIMIT_BYTES + " bytes");
                return;
            }
            try {
                Object answer = routes.answer(RegistryRequest.of(
                        exchange.getRequestMethod(),
                        root,
                        exchange.getRequestURI(),
                        new String(body, StandardCharsets.UTF_8)));
                send(exchange, 200, answer);
            } catch (RegistryException e) {
                refuse(exchange, e.status(), e.code(), String.valueOf(e.getMessage()));
            } catch (IOException e) {
                log.error("the registry could not write to its folder", e);
                refuse(exchange, 500, 50001, "Error in the backend data store: " + e.getMessage());
            }
        }
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }

    private static void refuse(HttpExchange exchange, int status, int code, String message) throws IOException {
        send(exchange, status, Map.of("error_code", code, "message", message));
    }

    private static void send(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
