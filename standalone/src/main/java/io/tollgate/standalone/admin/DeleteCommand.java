package io.tollgate.standalone.admin;

import io.tollgate.standalone.client.GatewayOptions;
import io.tollgate.standalone.client.HttpApi;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code delete}. */
@Command(name = "delete", mixinStandardHelpOptions = true, description = "Ends one.")
final class DeleteCommand implements Callable<Integer> {
    private final Resource resource;

    @Parameters(paramLabel = "ID", description = "Its id.")
    private String id = "";

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    DeleteCommand(Resource resource) {
        this.resource = resource;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var unused = gateway.answer(api -> api.delete(resource.path(id)));
        gateway.show(
                HttpApi.MAPPER.createObjectNode().put("deleted", id), (done, out) -> out.println("deleted  " + id));
        return 0;
    }
}
