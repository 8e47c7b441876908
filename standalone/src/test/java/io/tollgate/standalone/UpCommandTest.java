package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class UpCommandTest {
    private static final Path HOME = Path.of("/home/someone/tollgate");

    @Test
    void withoutArgumentsTheDataLiesInTheProjectAndThePortsStartAt8080() {
        assertThat(parse())
                .isEqualTo(new UpCommand.Arguments(false, HOME.resolve(".tollgate"), PortPlan.from(8080), 1, "text"));
    }

    @Test
    void everyArgumentIsTaken() {
        assertThat(parse("--demo", "--data", "/data/t", "--port-base", "9100", "--demo-seed", "7"))
                .isEqualTo(new UpCommand.Arguments(true, Path.of("/data/t"), PortPlan.from(9100), 7, "text"));
    }

    @Test
    void aBaseWithoutRoomIsAWrongArgument() {
        assertThatThrownBy(() -> parse("--port-base", "65535"))
                .isInstanceOf(CommandLine.ParameterException.class)
                .hasMessageContaining("--port-base 65535 must be from 1 to 65529");
    }

    @Test
    void theServicesMayListenElsewhereAndAreAskedWhereTheyListen() {
        Bind everywhere = parse("--bind", "0.0.0.0").ports().bind();
        assertThat(everywhere.url(8080)).hasToString("http://127.0.0.1:8080");
        assertThat(parse("--bind", "192.0.2.7").ports().bind().url(1)).hasToString("http://192.0.2.7:1");
        assertThat(parse("--bind", "::1").ports().bind().url(1)).hasToString("http://[::1]:1");
        assertThat(Bind.to("::", Map.of("TOLLGATE_TLS_CERTIFICATE", "tls.crt")).url(1))
                .hasToString("https://127.0.0.1:1");
        assertThatThrownBy(() -> parse("--bind", "no such address"))
                .isInstanceOf(CommandLine.ParameterException.class)
                .hasMessageContaining("--bind no such address");
    }

    @Test
    void elsewhereAnAdminTokenThatCanBeGuessedIsRefused() {
        Bind everywhere = new Bind("0.0.0.0", false);
        assertThatThrownBy(() -> everywhere.require("changeme"))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("--bind is 0.0.0.0")
                .hasMessageContaining("openssl rand -hex 32");
        everywhere.require("7f1c0a93b2d84e65a0c9371fbb62e4d8");
        new Bind("127.0.0.1", false).require("changeme");
    }

    @Test
    void wrongArgumentsExitWith2AndHelpWith0() {
        assertThat(exitCode("up", "--nonsense")).isEqualTo(2);
        assertThat(exitCode("up", "--port-base", "many")).isEqualTo(2);
        assertThat(exitCode("down")).isEqualTo(2);
        assertThat(exitCode()).isEqualTo(2);
        assertThat(exitCode("--help")).isZero();
        assertThat(exitCode("up", "--help")).isZero();
    }

    @Test
    void aDataFolderThatCanNotBeMadeIsNamedWithAWayOut(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        StringWriter said = new StringWriter();

        int code = Tollgate.commandLine()
                .setErr(new PrintWriter(said))
                .execute("up", "--data", file.resolve("data").toString());

        assertThat(code).isEqualTo(1);
        assertThat(said.toString())
                .contains("the data folder " + file.resolve("data"), "Choose another with --data DIR");
    }

    private static UpCommand.Arguments parse(String... arguments) {
        UpCommand command = new UpCommand();
        new CommandLine(command).parseArgs(arguments);
        return command.arguments(HOME, Map.of());
    }

    private static int exitCode(String... arguments) {
        StringWriter said = new StringWriter();
        return Tollgate.commandLine()
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute(arguments);
    }
}
