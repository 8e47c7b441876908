package io.tollgate.standalone.admin;

import io.tollgate.standalone.client.GatewayOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code show}: one of them with all that it has, in the form that {@code set} takes. */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Shows one, as 'set' takes it.")
final class ShowCommand implements Callable<Integer> {
    private final Resource resource;

    @Parameters(paramLabel = "ID", description = "Its id.")
    private String id = "";

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    ShowCommand(Resource resource) {
        this.resource = resource;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        gateway.show(
                gateway.answer(api -> api.get(resource.path(id))), (one, out) -> out.println(one.toPrettyString()));
        return 0;
    }
}
