package io.tollgate.standalone.config;

import io.tollgate.standalone.client.GatewayOptions;
import io.tollgate.standalone.client.HttpApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code tollgate config export}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Writes everything configured, but no secret, as YAML that 'apply' takes.",
        footer = {"", "Example: tollgate config export tollgate.yaml"})
final class ExportCommand implements Callable<Integer> {
    private static final Path OUTPUT = Path.of("-");

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "Where to; without it to the output.")
    private Path file = OUTPUT;

    @Option(
            names = "--kinds",
            paramLabel = "NAMES",
            description = "Only these: companies,users,keys,webhooks,quotas,alert_rules,admins,prices (default: all).")
    private @Nullable String kinds;

    @Option(
            names = "--prices",
            paramLabel = "WHICH",
            description =
                    "own: those that administrators posted; all: the shipped book and imported catalogues too; none"
                            + " (default: ${DEFAULT-VALUE}).")
    private String prices = "own";

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        // Before the document, so that nothing is said to be newer than it is.
        JsonNode versions = gateway.answer(api -> api.get("/admin/v1/versions?limit=1"));
        String query = "?prices=" + HttpApi.encode(prices) + (kinds == null ? "" : "&kinds=" + HttpApi.encode(kinds));
        JsonNode document = gateway.answer(api -> api.get("/admin/v1/config" + query));
        String text = head(versions.path("items").path(0)) + YamlDocument.of(document);
        if (file.equals(OUTPUT)) {
            gateway.show(document, (shown, out) -> out.print(text));
            return 0;
        }
        Files.writeString(file, text);
        gateway.show(document, (shown, out) -> out.println("written  " + file));
        return 0;
    }

    private static String head(JsonNode version) {
        String which = version.isMissingNode()
                ? "Nothing was ever changed"
                : "Version " + OutcomeText.text(version, "number") + " of " + OutcomeText.text(version, "at");
        return String.join(
                        "\n",
                        "# Configuration of Tollgate. " + which + ". No secret is in it.",
                        "# tollgate config diff FILE    what it would change",
                        "# tollgate config apply FILE   changes it, all or nothing; with --prune it also ends what is not here",
                        "# Amounts are in quotes: they are exact, whatever else reads the file.",
                        "")
                + "\n";
    }
}
