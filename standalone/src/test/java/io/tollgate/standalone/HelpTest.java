package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.standalone.FakeGateway.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What a person finds who knows nothing but {@code --help}. */
class HelpTest {
    /** Their synopsis is the example. */
    private static final Set<String> OBVIOUS =
            Set.of("list", "show", "delete", "revoke", "rotate", "unblock", "help", "up");

    static Stream<List<String>> commands() {
        List<List<String>> all = new ArrayList<>();
        collect(Tollgate.commandLine(), List.of(), all);
        return all.stream();
    }

    private static void collect(CommandLine command, List<String> path, List<List<String>> all) {
        command.getSubcommands().forEach((name, sub) -> {
            List<String> inner = Stream.concat(path.stream(), Stream.of(name)).toList();
            if (sub.getSubcommands().isEmpty()) {
                all.add(inner);
            } else {
                collect(sub, inner, all);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("commands")
    void eachCommandSaysWhatItDoesHowAndWithWhichExitCode(List<String> command) {
        String last = command.get(command.size() - 1);
        Said said = FakeGateway.execute(
                Stream.concat(command.stream(), Stream.of("--help")).toArray(String[]::new));
        assertThat(said.code()).isZero();
        assertThat(said.out()).contains("Exit codes:", "can't be reached");
        if (!OBVIOUS.contains(last)) {
            assertThat(said.out())
                    .containsPattern("Examples?: .*" + String.join(" ", command).replace("-", "[-]"));
        }
    }

    @Test
    void theFirstHelpTellsTheWayFromNothingToAPricedEvent() throws IOException {
        String help = FakeGateway.execute("--help").out();
        String page = Files.readString(CommandsIT.PAGE);
        assertThat(help).contains("From nothing to a priced event", "TOLLGATE_TOKEN");
        assertThat(help.lines()
                        .map(String::strip)
                        .filter(line -> line.startsWith("tollgate ") && page.contains("./" + line)))
                .as("lines that docs/cli.md has, and that CommandsIT runs")
                .hasSize(5);
    }

    @Test
    void itHasAVersion() {
        assertThat(FakeGateway.execute("--version").out()).startsWith("tollgate ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void shellsCompleteEveryCommand(String shell, @TempDir Path folder) throws Exception {
        Said said = FakeGateway.execute("completion", shell);
        assertThat(said.code()).isZero();
        assertThat(said.out()).contains("dead-letters", "--per-million", "complete -F _complete_tollgate");
        Path script = Files.writeString(folder.resolve("completion"), said.out());
        Process bash =
                new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start();
        assertThat(bash.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).isZero();
    }
}
