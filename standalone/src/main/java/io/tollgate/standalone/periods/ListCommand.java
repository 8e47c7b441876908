package io.tollgate.standalone.periods;

import io.tollgate.standalone.client.ExitCode;
import io.tollgate.standalone.client.GatewayOptions;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tollgate periods list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Shows the months that were closed, the oldest first; those between are closed with the next.")
final class ListCommand implements Callable<Integer> {
    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        gateway.show(gateway.list(PeriodsCommand.PATH, Map.of()), PeriodsCommand::print);
        return ExitCode.DONE;
    }
}
