package io.tollgate.standalone.admin;

import io.tollgate.standalone.client.GatewayOptions;
import io.tollgate.standalone.client.HttpApi;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code delete}, and {@code revoke} of keys. */
@Command(mixinStandardHelpOptions = true, description = "Ends one.")
final class DeleteCommand implements Callable<Integer> {
    private final Resource resource;
    private final String done;

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Spec
    private @Nullable CommandSpec spec;

    private DeleteCommand(Resource resource, String done) {
        this.resource = resource;
        this.done = done;
    }

    /** @param done what it says afterwards */
    static CommandLine of(Resource resource, String done) {
        return Named.words(new CommandLine(new DeleteCommand(resource, done)), resource);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> id = Named.of(Objects.requireNonNull(spec).commandLine().getParseResult());
        var unused = gateway.answer(api -> api.delete(resource.path(id)));
        String name = String.join(" ", id);
        gateway.show(HttpApi.MAPPER.createObjectNode().put(done, name), (was, out) -> out.println(done + "  " + name));
        return 0;
    }
}
