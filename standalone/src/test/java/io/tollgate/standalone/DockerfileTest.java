package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The form of the Dockerfile, and what its health check says. No image is built here. */
class DockerfileTest {
    private record Instruction(String name, String arguments) {}

    private final List<List<Instruction>> stages = stages();

    @Test
    void itBuildsInOneStageAndRunsInAnother() {
        assertThat(stages).hasSize(2);
        assertThat(only(0, "FROM")).endsWith(" AS build");
        assertThat(only(1, "FROM")).isEqualTo("eclipse-temurin:17-jre");
        assertThat(only(1, "COPY")).startsWith("--from=build ");
    }

    @Test
    void theModuleIsAnArgumentWithoutADefault() {
        assertThat(only(0, "ARG")).isEqualTo("MODULE");
        assertThat(only(1, "ARG")).isEqualTo("MODULE");
        assertThat(all(0, "RUN")).anyMatch(run -> run.contains("-pl \"$MODULE\" -am"));
    }

    @Test
    void itRunsAsAUserOfItsOwnThatExists() {
        String user = only(1, "USER");
        assertThat(user).isNotEqualTo("root").isNotEqualTo("0");
        assertThat(all(1, "RUN")).anyMatch(run -> run.contains("useradd ") && run.contains(" " + user + " "));
        assertThat(names(1).indexOf("USER")).isGreaterThan(names(1).lastIndexOf("RUN"));
    }

    @Test
    void itsHealthIsTheServicesReadiness() {
        assertThat(healthcheck()).startsWith("bash", "-c").hasSize(3);
        assertThat(healthcheck().get(2)).contains("/actuator/health/readiness", "$SERVER_PORT");
    }

    @Test
    void aServiceThatIsOutOfServiceIsNotHealthyWhateverItsPartsAre() throws Exception {
        String body = "{\"status\":\"OUT_OF_SERVICE\",\"components\":{\"ping\":{\"status\":\"UP\"}}}";

        assertThat(exitOfHealthcheckWhere(503, body)).isNotZero();
        assertThat(exitOfHealthcheckWhere(404, "{\"status\":\"UP\"}")).isNotZero();
    }

    @Test
    void aServiceThatIsReadyIsHealthy() throws Exception {
        assertThat(exitOfHealthcheckWhere(200, "{\"status\":\"UP\"}")).isZero();
    }

    @Test
    void aServiceThatDoesNotListenIsNotHealthy() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        assertThat(exitOfHealthcheckAt(port)).isNotZero();
    }

    private int exitOfHealthcheckWhere(int status, String body) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/actuator/health/readiness", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            return exitOfHealthcheckAt(server.getAddress().getPort());
        } finally {
            server.stop(0);
        }
    }

    /** Runs the very command, as Docker would. */
    private int exitOfHealthcheckAt(int port) throws Exception {
        ProcessBuilder command = new ProcessBuilder(healthcheck())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        command.environment().put("SERVER_PORT", Integer.toString(port));
        Process process = command.start();
        try {
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("ends in time").isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> healthcheck() {
        String healthcheck = only(1, "HEALTHCHECK");
        return exec(healthcheck.substring(healthcheck.indexOf("CMD ") + 4));
    }

    @Test
    void javaIsTheFirstProcessSoThatItHearsWhenItShouldStop() {
        assertThat(exec(only(1, "ENTRYPOINT"))).startsWith("java").contains("-jar");
    }

    @Test
    void theServiceIsReachableFromOutsideItsContainer() {
        assertThat(only(1, "ENV")).isEqualTo("SERVER_ADDRESS=0.0.0.0 SERVER_PORT=8080");
        assertThat(only(1, "EXPOSE")).isEqualTo("8080");
    }

    private static List<String> exec(String json) {
        return JsonMapper.shared()
                .readTree(json)
                .valueStream()
                .map(word -> word.asString())
                .toList();
    }

    private String only(int stage, String name) {
        List<String> found = all(stage, name);
        assertThat(found).as(name).hasSize(1);
        return found.get(0);
    }

    private List<String> all(int stage, String name) {
        return stages.get(stage).stream()
                .filter(instruction -> instruction.name.equals(name))
                .map(Instruction::arguments)
                .toList();
    }

    private List<String> names(int stage) {
        return stages.get(stage).stream().map(Instruction::name).toList();
    }

    /** Comments left out, continued lines joined, and a new stage at each FROM. */
    private static List<List<Instruction>> stages() {
        List<List<Instruction>> stages = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String part : lines()) {
            if (part.isBlank() || part.startsWith("#")) {
                continue;
            }
            boolean goesOn = part.endsWith("\\");
            line.append(goesOn ? part.substring(0, part.length() - 1) : part);
            if (goesOn) {
                continue;
            }
            String text = line.toString();
            line.setLength(0);
            Instruction instruction = new Instruction(
                    text.substring(0, text.indexOf(' ')),
                    text.substring(text.indexOf(' ') + 1).strip());
            if (instruction.name.equals("FROM")) {
                stages.add(new ArrayList<>());
            }
            stages.get(stages.size() - 1).add(instruction);
        }
        return stages;
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(Path.of("..", "Dockerfile"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
