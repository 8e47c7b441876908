package io.tollgate.standalone.config;

import io.tollgate.standalone.client.GatewayOptions;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tollgate config restore}. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = "Puts the configuration back to what it was after a version, as a new version.",
        footer = {
            "",
            "Secrets don't come back, revoked keys stay revoked, administrators stay as they are. Prices that were in",
            "force then are in force again from now on; what can't be taken back is marked with !.",
            "",
            "Example: tollgate config restore 40 --dry-run"
        })
final class RestoreCommand implements Callable<Integer> {
    @Parameters(paramLabel = "N", description = "The version's number.")
    private long number;

    @Mixin
    private Consent consent = new Consent();

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        String path = "/admin/v1/versions/" + number + "/restore?dry_run=";
        return consent.carryOut(
                gateway, (api, dryRun, conditions) -> api.send("POST", path + dryRun, Map.of(), conditions));
    }
}
