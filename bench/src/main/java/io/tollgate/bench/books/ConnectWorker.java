package io.tollgate.bench.books;

import io.tollgate.embedded.FreePorts;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Kafka's own worker with one connector, in this process, for as long as it lives: {@code connect-standalone.sh}. Its
 * classes come on the class path of this process alone: Spring Boot would take a service beside them for a servlet.
 */
final class ConnectWorker {
    private static final String MAIN = "org.apache.kafka.connect.cli.ConnectStandalone";
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long POLL_MILLIS = 100;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final String connector;

    private ConnectWorker(String base, String connector) {
        this.base = base;
        this.connector = connector;
    }

    /**
     * Starts the worker, and the connector paused.
     *
     * @param plugins folders for {@code plugin.path}
     */
    static ConnectWorker start(
            String kafka, List<Path> plugins, Path folder, String connector, Map<String, String> settings)
            throws Exception {
        int port = FreePorts.choose();
        Path properties = Files.writeString(
                folder.resolve("worker.properties"),
                """
                bootstrap.servers=%s
                plugin.path=%s
                plugin.discovery=service_load
                listeners=http://127.0.0.1:%d
                key.converter=org.apache.kafka.connect.converters.ByteArrayConverter
                value.converter=org.apache.kafka.connect.converters.ByteArrayConverter
                offset.storage.file.filename=%s
                offset.flush.interval.ms=500
                """
                        .formatted(
                                kafka,
                                String.join(
                                        ",",
                                        plugins.stream().map(Path::toString).toList()),
                                port,
                                folder.resolve("connect.offsets").toAbsolutePath()));
        Method main = Class.forName(MAIN).getMethod("main", String[].class);
        Thread thread = new Thread(() -> run(main, properties), "connect");
        thread.setDaemon(true);
        thread.start();
        ConnectWorker worker = new ConnectWorker("http://127.0.0.1:" + port, connector);
        worker.awaitAnswer();
        worker.create(settings);
        return worker;
    }

    private static void run(Method main, Path properties) {
        try {
            main.invoke(null, (Object) new String[] {properties.toString()});
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the worker did not start", e);
        }
    }

    void pause() throws IOException, InterruptedException {
        expect(202, send("PUT", "/connectors/" + connector + "/pause", ""));
        await("PAUSED");
    }

    void resume() throws IOException, InterruptedException {
        expect(202, send("PUT", "/connectors/" + connector + "/resume", ""));
    }

    /** @throws IllegalStateException if a task has failed, with its trace */
    void requireRunning() throws IOException, InterruptedException {
        for (JsonNode task : status().path("tasks")) {
            if (task.path("state").asString().equals("FAILED")) {
                throw new IllegalStateException(
                        "a task has failed: " + task.path("trace").asString());
            }
        }
    }

    private void create(Map<String, String> settings) throws IOException, InterruptedException {
        String body = JsonMapper.shared()
                .writeValueAsString(Map.of("name", connector, "initial_state", "PAUSED", "config", settings));
        // It has no tasks before it is resumed for the first time.
        expect(201, send("POST", "/connectors", body));
    }

    private void await(String state) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!isAll(state)) {
            requireRunning();
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("the connector is not " + state + " but " + status());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private boolean isAll(String state) throws IOException, InterruptedException {
        JsonNode tasks = status().path("tasks");
        boolean isAll = !tasks.isEmpty();
        for (JsonNode task : tasks) {
            isAll &= task.path("state").asString().equals(state);
        }
        return isAll;
    }

    private JsonNode status() throws IOException, InterruptedException {
        return JsonMapper.shared()
                .readTree(
                        send("GET", "/connectors/" + connector + "/status", "").body());
    }

    private void awaitAnswer() throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!answers()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("the worker does not answer");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            return send("GET", "/connectors", "").statusCode() == 200;
        } catch (IOException e) {
            // Not yet.
            return false;
        }
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static void expect(int status, HttpResponse<String> answer) {
        if (answer.statusCode() != status) {
            throw new IllegalStateException("the worker answered " + answer.statusCode() + ": " + answer.body());
        }
    }
}
