package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a gateway that answers what the test wants. */
class PricesCommandTest {
    private HttpServer server;
    private final List<String> asked = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private int status = 200;

    private Path folder;

    @BeforeEach
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        Files.writeString(folder.resolve("admin-token"), "the-token\n");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anImportSendsTheFileAsItIsAndSaysWhatWouldChange() throws IOException {
        Path file = Files.writeString(folder.resolve("catalogue.json"), "{\"a\":1}");
        answers.add(
                "{\"dry_run\":true,\"version\":3,\"entries\":{\"taken\":2,\"skipped\":1,\"quarantined\":1},"
                        + "\"prices\":{\"added\":0,\"changed\":1,\"unchanged\":5,\"quarantined\":0},\"left_alone\":[{}],"
                        + "\"changed\":[{\"provider\":\"openai\",\"model\":\"gpt-4o\",\"dimension\":\"input\","
                        + "\"service_tier\":\"standard\",\"tier_from\":\"0\",\"before\":\"0.0000025\",\"after\":\"0.000002\"}],"
                        + "\"quarantined\":[{\"entry\":\"wandb/x\",\"price\":null,\"code\":\"unit_error\",\"detail\":\"0.015\"}]}");
        Said said = run(
                "prices",
                "import",
                file.toString(),
                "--format",
                "litellm",
                "--dry-run",
                "--effective-from",
                "2026-11-01T00:00:00Z",
                "--providers",
                "openai");
        assertThat(said.code()).as(said.toString()).isZero();
        assertThat(asked)
                .containsExactly("POST /admin/v1/prices/import?format=litellm&dry_run=true&force=false"
                        + "&effective_from=2026-11-01T00%3A00%3A00Z&providers=openai Bearer the-token {\"a\":1}");
        assertThat(said.out())
                .contains(
                        "0.0000025  0.000002", "unit_error", "2 taken, 1 skipped, 1 quarantined", "this was a dry run");
    }

    @Test
    void aListReadsEveryPage() {
        answers.add("{\"items\":[" + item("m-1") + "],\"next_cursor\":\"bmV4dA\"}");
        answers.add("{\"items\":[" + item("m-2") + "],\"next_cursor\":null}");
        Said said = run("prices", "list", "--provider", "openai", "--at", "2026-11-01T00:00:00Z");
        assertThat(asked).hasSize(2);
        assertThat(asked.get(1)).contains("provider=openai", "at=2026-11-01T00%3A00%3A00Z", "cursor=bmV4dA");
        assertThat(said.out()).contains("m-1", "m-2", "0.0000025").doesNotContain("variant");

        answers.add("{\"items\":[" + item("m-1") + "],\"next_cursor\":null}");
        assertThat(run("prices", "list", "--json").out()).contains("\"items\"", "\"unit_price\"");
    }

    @Test
    void aQuoteThatHasNoPriceExitsWith3() throws IOException {
        Path file = Files.writeString(folder.resolve("usage.json"), "{}");
        answers.add("{\"status\":\"unpriced\",\"code\":\"no_price\",\"provider\":\"p\",\"model\":\"m\",\"lines\":"
                + "[{\"dimension\":\"input\",\"quantity\":\"5\"}]}");
        Said said = run("prices", "quote", file.toString());
        assertThat(said.code()).isEqualTo(3);
        assertThat(said.out()).contains("unpriced (no_price)", "none");
    }

    @Test
    void aReratingIsWatchedToItsEnd() {
        answers.add("{\"id\":\"rerating_1\",\"status\":\"queued\"}");
        answers.add("{\"id\":\"rerating_1\",\"status\":\"running\",\"phase\":\"scanning\",\"percent\":40}");
        answers.add("{\"id\":\"rerating_1\",\"status\":\"done\",\"phase\":\"done\",\"percent\":100,\"events\":3,"
                + "\"newly_priced\":2,\"money\":[{\"currency\":\"USD\",\"cost_before\":\"1\",\"cost_after\":\"1.5\","
                + "\"cost_change\":\"0.5\"}]}");
        Said said = run("prices", "rerate", "--only-unpriced", "--model", "gpt-new", "--reason", "late");
        assertThat(said.code()).as(said.toString()).isZero();
        assertThat(asked).hasSize(3).last().asString().startsWith("GET /admin/v1/reratings/rerating_1 ");
        assertThat(asked.get(0))
                .endsWith("{\"model\":\"gpt-new\",\"only\":\"unpriced\",\"reason\":\"late\",\"dry_run\":false}");
        assertThat(said.err()).contains("rerating_1  scanning  40 %");
        assertThat(said.out()).contains("3 events cost something else, 2 of them", "0.5");
    }

    @Test
    void aReratingThatSomebodyStopsExitsWith3AndOneThatFailsWith1() {
        answers.add("{\"id\":\"rerating_1\",\"status\":\"cancelled\"}");
        assertThat(run("prices", "rerate").code()).isEqualTo(3);
        answers.add("{\"id\":\"rerating_1\",\"status\":\"failed\",\"error\":\"the reason\"}");
        Said failed = run("prices", "rerate", "--dry-run");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.out()).contains("because: the reason", "dry run");
    }

    @Test
    void whatTheGatewayObjectsToIsPassedOn() throws IOException {
        Path file = Files.writeString(folder.resolve("catalogue.json"), "{}");
        status = 400;
        answers.add("{\"detail\":\"format must be litellm or genai-prices\"}");
        Said said = run("prices", "import", file.toString(), "--format", "csv");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("error   format must be litellm or genai-prices");
    }

    @Test
    void whatIsMissingIsNamedWithAWayOut() {
        assertThat(run("prices", "import", folder.resolve("none.json").toString(), "--format", "litellm")
                        .err())
                .contains("there is no file " + folder.resolve("none.json"));
        assertThat(execute("prices", "list", "--data", folder.resolve("other").toString())
                        .err())
                .contains("TOLLGATE_ADMIN_TOKEN", "--data DIR");
        server.stop(0);
        Said said = run("prices", "list");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("no gateway answers at http://127.0.0.1:", "./tollgate up");
    }

    @Test
    void wrongArgumentsExitWith2AndHelpWith0() {
        assertThat(execute("prices").code()).isEqualTo(2);
        assertThat(execute("prices", "import").code()).isEqualTo(2);
        assertThat(execute("prices", "import", "--help").out()).contains("--format", "--dry-run", "--effective-from");
        assertThat(execute("prices", "quote", "--help").code()).isZero();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().toASCIIString() + " "
                + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
        byte[] answer = answers.remove(0).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static String item(String model) {
        return "{\"provider\":\"openai\",\"model\":\"" + model
                + "\",\"dimension\":\"input\",\"unit_price\":\"0.0000025\","
                + "\"service_tier\":\"standard\",\"tier_from\":\"0\",\"variant\":null}";
    }

    private record Said(int code, String out, String err) {}

    /** Against the test's gateway. */
    private Said run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", "http://127.0.0.1:" + server.getAddress().getPort(), "--data", folder.toString()));
        return execute(all.toArray(String[]::new));
    }

    private static Said execute(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Tollgate.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Said(code, out.toString(), err.toString());
    }
}
