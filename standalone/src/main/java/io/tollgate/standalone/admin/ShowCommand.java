package io.tollgate.standalone.admin;

import io.tollgate.standalone.client.GatewayOptions;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code show}: one of them with all that it has, in the form that {@code set} takes. */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Shows one, as 'set' takes it.")
final class ShowCommand implements Callable<Integer> {
    private final Resource resource;

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Spec
    private @Nullable CommandSpec spec;

    private ShowCommand(Resource resource) {
        this.resource = resource;
    }

    static CommandLine of(Resource resource) {
        return Named.words(new CommandLine(new ShowCommand(resource)), resource);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String path = resource.path(
                Named.of(Objects.requireNonNull(spec).commandLine().getParseResult()));
        gateway.show(gateway.answer(api -> api.get(path)), (one, out) -> out.println(one.toPrettyString()));
        return 0;
    }
}
