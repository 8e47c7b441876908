package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The form of the Dockerfile: what its instructions are, not what they build. No image is built here. */
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
        String healthcheck = only(1, "HEALTHCHECK");
        List<String> command = exec(healthcheck.substring(healthcheck.indexOf("CMD ") + 4));
        assertThat(command).startsWith("bash", "-c").hasSize(3);
        assertThat(command.get(2)).contains("/actuator/health/readiness", "$SERVER_PORT");
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
