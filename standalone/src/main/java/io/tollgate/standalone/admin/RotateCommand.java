package io.tollgate.standalone.admin;

import io.tollgate.standalone.client.Flag;
import io.tollgate.standalone.client.GatewayOptions;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rotate} of what has a secret. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        description = "Makes another secret, which is shown this once. The id stays.")
final class RotateCommand implements Callable<Integer> {
    private static final Flag OVERLAP = Flag.whole(
            "--overlap-hours",
            "overlap_hours",
            "How long the old one holds too, so that nobody is locked out (default: 0 for a key, whose old one ends at once; 24 for a webhook).");

    private final Resource resource;

    @Parameters(paramLabel = "ID", description = "Its id.")
    private String id = "";

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Spec
    private @Nullable CommandSpec spec;

    private RotateCommand(Resource resource) {
        this.resource = resource;
    }

    /** Of what may hold two secrets for a while. */
    static CommandLine overlapping(Resource resource) {
        CommandLine command = atOnce(resource);
        command.getCommandSpec().addOption(OVERLAP.option());
        return command;
    }

    /** Of what has one secret: the old one ends. */
    static CommandLine atOnce(Resource resource) {
        return new CommandLine(new RotateCommand(resource));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String hours =
                Objects.requireNonNull(spec).commandLine().getParseResult().matchedOptionValue(OVERLAP.name(), "");
        String path = resource.path(id) + "/rotate" + (hours.isEmpty() ? "" : "?" + OVERLAP.member() + "=" + hours);
        gateway.show(gateway.answer(api -> api.send("POST", path, Map.of())), resource::printOne);
        return 0;
    }
}
