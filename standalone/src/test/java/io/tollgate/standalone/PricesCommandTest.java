package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.standalone.FakeGateway.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a gateway that answers what the test wants. */
class PricesCommandTest {
    private FakeGateway gateway;
    private List<String> asked;
    private Path folder;

    @BeforeEach
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        gateway = new FakeGateway(folder);
        asked = gateway.asked();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void anImportSendsTheFileAsItIsAndSaysWhatWouldChange() throws IOException {
        Path file = Files.writeString(folder.resolve("catalogue.json"), "{\"a\":1}");
        gateway.answer(
                200,
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
        gateway.answer(200, "{\"items\":[" + item("m-1") + "],\"next_cursor\":\"bmV4dA\"}");
        gateway.answer(200, "{\"items\":[" + item("m-2") + "],\"next_cursor\":null}");
        Said said = run("prices", "list", "--provider", "openai", "--at", "2026-11-01T00:00:00Z");
        assertThat(asked).hasSize(2);
        assertThat(asked.get(1)).contains("provider=openai", "at=2026-11-01T00%3A00%3A00Z", "cursor=bmV4dA");
        assertThat(said.out()).contains("m-1", "m-2", "0.0000025").doesNotContain("variant");

        gateway.answer(200, "{\"items\":[" + item("m-1") + "],\"next_cursor\":null}");
        assertThat(run("prices", "list", "--json").out()).contains("\"items\"", "\"unit_price\"");
    }

    @Test
    void aQuoteThatHasNoPriceExitsWith3() throws IOException {
        Path file = Files.writeString(folder.resolve("usage.json"), "{}");
        gateway.answer(
                200,
                "{\"status\":\"unpriced\",\"code\":\"no_price\",\"provider\":\"p\",\"model\":\"m\",\"lines\":"
                        + "[{\"dimension\":\"input\",\"quantity\":\"5\"}]}");
        Said said = run("prices", "quote", file.toString());
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).contains("unpriced (no_price)", "none");
    }

    @Test
    void aReratingIsWatchedToItsEnd() {
        gateway.answer(200, "{\"id\":\"rerating_1\",\"status\":\"queued\"}");
        gateway.answer(200, "{\"id\":\"rerating_1\",\"status\":\"running\",\"phase\":\"scanning\",\"percent\":40}");
        gateway.answer(
                200,
                "{\"id\":\"rerating_1\",\"status\":\"done\",\"phase\":\"done\",\"percent\":100,\"events\":3,"
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
    void aReratingThatSomebodyStopsOrThatFailsIsAFailure() {
        gateway.answer(200, "{\"id\":\"rerating_1\",\"status\":\"cancelled\"}");
        assertThat(run("prices", "rerate").code()).isEqualTo(1);
        gateway.answer(200, "{\"id\":\"rerating_1\",\"status\":\"failed\",\"error\":\"the reason\"}");
        Said failed = run("prices", "rerate", "--dry-run");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.out()).contains("because: the reason", "dry run");
    }

    @Test
    void whatTheGatewayObjectsToIsPassedOn() throws IOException {
        Path file = Files.writeString(folder.resolve("catalogue.json"), "{}");
        gateway.answer(400, "{\"detail\":\"format must be litellm or genai-prices\"}");
        Said said = run("prices", "import", file.toString(), "--format", "csv");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("error   format must be litellm or genai-prices");
    }

    @Test
    void whatIsMissingIsNamedWithAWayOut() {
        assertThat(run("prices", "import", folder.resolve("none.json").toString(), "--format", "litellm")
                        .err())
                .contains("there is no file " + folder.resolve("none.json"));
        assertThat(FakeGateway.execute(
                                "prices",
                                "list",
                                "--data",
                                folder.resolve("other").toString())
                        .err())
                .contains("TOLLGATE_ADMIN_TOKEN", "--data DIR");
        gateway.close();
        Said said = run("prices", "list");
        assertThat(said.code()).isEqualTo(3);
        assertThat(said.err()).contains("no gateway answers at http://127.0.0.1:", "./tollgate up");
    }

    @Test
    void aPriceIsSetAsPriceListsSayIt() throws IOException {
        gateway.answer(
                201, "{\"version\":4,\"items\":[{\"provider\":\"p\",\"model\":\"m\",\"unit_price\":\"0.00000125\"}]}");
        Said said = run(
                "prices",
                "set",
                "--provider",
                "p",
                "--model",
                "m",
                "--dimension",
                "input",
                "--per-million",
                "1.25",
                "--effective-from",
                "2026-11-01T00:00:00Z");
        assertThat(said.code()).as(said.toString()).isZero();
        assertThat(asked)
                .containsExactly("POST /admin/v1/prices Bearer the-token [{\"provider\":\"p\",\"model\":\"m\","
                        + "\"dimension\":\"input\",\"effective_from\":\"2026-11-01T00:00:00Z\","
                        + "\"unit_price\":\"0.00000125\",\"currency\":\"USD\"}]");
        assertThat(said.out()).contains("0.00000125", "version  4");

        Path file = Files.writeString(folder.resolve("prices.json"), "[{\"provider\":\"p\"}]");
        gateway.answer(201, "{\"version\":5,\"items\":[]}");
        assertThat(run("prices", "set", file.toString()).out()).contains("version  5");
        assertThat(asked.get(1)).endsWith("[{\"provider\":\"p\"}]");
        assertThat(run("prices", "set", file.toString(), "--model", "m").code()).isEqualTo(2);
    }

    @Test
    void wrongArgumentsExitWith2AndHelpWith0() {
        assertThat(FakeGateway.execute("prices").code()).isEqualTo(2);
        assertThat(FakeGateway.execute("prices", "import").code()).isEqualTo(2);
        assertThat(FakeGateway.execute("prices", "import", "--help").out())
                .contains("--format", "--dry-run", "--effective-from");
        assertThat(FakeGateway.execute("prices", "quote", "--help").code()).isZero();
    }

    private static String item(String model) {
        return "{\"provider\":\"openai\",\"model\":\"" + model
                + "\",\"dimension\":\"input\",\"unit_price\":\"0.0000025\","
                + "\"service_tier\":\"standard\",\"tier_from\":\"0\",\"variant\":null}";
    }

    /** Against the test's gateway. */
    private Said run(String... arguments) {
        return gateway.run(arguments);
    }
}
