package io.tollgate.standalone.config;

import io.tollgate.standalone.client.ExitCode;
import io.tollgate.standalone.client.GatewayOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code tollgate config diff}. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Says what a file would change, member by member.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing would change",
            "1:the file is wrong, or the gateway said no",
            "2:wrong usage",
            "3:the gateway can't be reached",
            "4:something would change"
        },
        footer = {"", "Example: tollgate config diff tollgate.yaml --prune"})
final class DiffCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "YAML or JSON, as 'export' writes it; - reads it from the input.")
    private Path file = Path.of("-");

    @Option(names = "--prune", description = "Also what would end, being configured and not in the file.")
    private boolean prune;

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        ConfigFile.Read read = ConfigFile.read(file);
        JsonNode outcome = gateway.answer(api -> ConfigFile.send(api, read, true, prune));
        gateway.show(outcome, OutcomeText::print);
        return outcome.path("changes").isEmpty() ? ExitCode.DONE : ExitCode.DIFFERENT;
    }
}
