package io.tollgate.standalone.admin;

import io.tollgate.standalone.client.GatewayOptions;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tollgate keys block} and {@code unblock}. */
@Command(
        mixinStandardHelpOptions = true,
        description = "Denies a key's admissions, or lets them be again; its events are taken all the while.",
        footer = {"", "Example: tollgate keys block key_0f3a"})
final class KeyBlockCommand implements Callable<Integer> {
    private final String verb;

    @Parameters(paramLabel = "ID", description = "The key's id.")
    private String id = "";

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    /** @param verb block or unblock */
    KeyBlockCommand(String verb) {
        this.verb = verb;
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
