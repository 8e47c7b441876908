package io.tollgate.standalone.config;

import io.tollgate.standalone.client.GatewayOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tollgate config apply}. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = "Makes the configuration what a file says, all or nothing.",
        footer = {
            "",
            "What the file does not name stays as it is. --prune ends it, within the kinds that the file has; prices are",
            "never ended. What was shown is what is done: where somebody else changes something meanwhile, nothing is.",
            "",
            "Example: tollgate config apply tollgate.yaml"
        })
final class ApplyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "YAML or JSON, as 'export' writes it; - reads it from the input.")
    private Path file = Path.of("-");

    @Option(names = "--prune", description = "Also ends what is configured and not in the file; keys are revoked.")
    private boolean prune;

    @Mixin
    private Consent consent = new Consent();

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        ConfigFile.Read read = ConfigFile.read(file);
        return consent.carryOut(
                gateway, (api, dryRun, conditions) -> ConfigFile.send(api, read, dryRun, prune, conditions));
    }
}
