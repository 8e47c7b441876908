package io.tollgate.standalone.dead;

import io.tollgate.standalone.client.ExitCode;
import io.tollgate.standalone.client.GatewayOptions;
import io.tollgate.standalone.client.HttpApi;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tollgate dead-letters show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows one with all that is known of it, its original too.",
        footer = {"", "Example: tollgate dead-letters show usage.inbox-3-17"})
final class ShowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "Its id, as 'list' shows it.")
    private String id = "";

    @Mixin
    private GatewayOptions services = new GatewayOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        services.show(
                services.usage(api -> api.get(DeadLettersCommand.PATH + "/" + HttpApi.encode(id))),
                (letter, out) -> out.println(letter.toPrettyString()));
        return ExitCode.DONE;
    }
}
