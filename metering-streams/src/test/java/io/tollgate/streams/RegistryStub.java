package io.tollgate.streams;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tollgate.schemas.serde.FixedSchemaIds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.avro.Schema;
import tools.jackson.databind.json.JsonMapper;

/** The two calls of a schema registry that a service makes, in memory. */
final class RegistryStub implements AutoCloseable {
    final FixedSchemaIds ids = new FixedSchemaIds();

    private final JsonMapper json = JsonMapper.shared();
    private final HttpServer server;

    RegistryStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/subjects/", this::register);
        server.createContext("/schemas/ids/", this::find);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void register(HttpExchange call) throws IOException {
        String schema = json.readTree(call.getRequestBody()).path("schema").asString();
        answer(call, Map.of("id", ids.idFor("any", new Schema.Parser().parse(schema))));
    }

    private void find(HttpExchange call) throws IOException {
        String path = call.getRequestURI().getPath();
        int id = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
        answer(call, Map.of("schema", ids.schemaOf(id).toString()));
    }

    private void answer(HttpExchange call, Map<String, ?> body) throws IOException {
        byte[] bytes = json.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        call.sendResponseHeaders(200, bytes.length);
        call.getResponseBody().write(bytes);
        call.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
