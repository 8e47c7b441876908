package io.tollgate.standalone.admin;

import io.tollgate.standalone.client.GatewayOptions;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tollgate keys block} and {@code unblock}. */
@Command(mixinStandardHelpOptions = true)
final class KeyBlockCommand implements Callable<Integer> {
    private final String verb;

    @Parameters(paramLabel = "ID", description = "The key's id.")
    private String id = "";

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    /** @param verb block or unblock */
    private KeyBlockCommand(String verb) {
        this.verb = verb;
    }

    static CommandLine of(String verb) {
        CommandLine command = new CommandLine(new KeyBlockCommand(verb));
        command.getCommandSpec()
                .usageMessage()
                .description((verb.equals("block") ? "Denies a key's admissions" : "Lets a key's admissions be again")
                        + "; its events are taken all the while.")
                .footer("", "Example: tollgate keys " + verb + " key_0f3a");
        return command;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String path = Resource.KEY.path(id) + "/" + verb;
        gateway.show(
                gateway.answer(api -> api.send("POST", path, Map.of())),
                (done, out) -> out.println(verb + "ed  " + id));
        return 0;
    }
}
