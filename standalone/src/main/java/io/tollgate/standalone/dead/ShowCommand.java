package io.tollgate.standalone.dead;

import io.tollgate.standalone.client.ExitCode;
import io.tollgate.standalone.client.GatewayOptions;
import io.tollgate.standalone.client.HttpApi;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code tollgate dead-letters show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows one with all that is known of it, its original too, and whether it went in again.",
        footer = {
            "",
            "Examples: tollgate dead-letters show usage.inbox-3-17",
            "          tollgate dead-letters show usage.inbox-3-17 --fix > fixed.json"
        })
final class ShowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "Its id, as 'list' shows it.")
    private String id = "";

    @Option(names = "--fix", description = "Shows what 'replay --file' takes, to be edited.")
    private boolean fix;

    @Mixin
    private GatewayOptions services = new GatewayOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        JsonNode letter = services.usage(api -> api.get(DeadLettersCommand.PATH + "/" + HttpApi.encode(id)));
        services.show(fix ? FixDraft.of(letter) : letter, (shown, out) -> out.println(shown.toPrettyString()));
        return ExitCode.DONE;
    }
}
