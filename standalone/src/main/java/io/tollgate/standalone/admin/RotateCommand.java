package io.tollgate.standalone.admin;

import io.tollgate.standalone.client.GatewayOptions;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rotate} of what has a secret. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        description = "Makes another secret, which is shown this once.",
        footer = {"", "The id stays. With an overlap both are taken, so that nobody is locked out meanwhile."})
final class RotateCommand implements Callable<Integer> {
    private final Resource resource;

    @Parameters(paramLabel = "ID", description = "Its id.")
    private String id = "";

    @Option(
            names = "--overlap-hours",
            paramLabel = "N",
            description = "How long the old one holds too (default: as the gateway says).")
    private @Nullable Integer overlapHours;

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    RotateCommand(Resource resource) {
        this.resource = resource;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String path = resource.path(id) + "/rotate" + (overlapHours == null ? "" : "?overlap_hours=" + overlapHours);
        gateway.show(gateway.answer(api -> api.send("POST", path, Map.of())), resource::printOne);
        return 0;
    }
}
