package io.tollgate.standalone.admin;

import io.tollgate.standalone.client.GatewayOptions;
import io.tollgate.standalone.client.HttpApi;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tollgate webhooks rotate}. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        description = "Makes another secret, which is shown this once.")
final class RotateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "The webhook's id.")
    private String id = "";

    @Option(
            names = "--overlap-hours",
            paramLabel = "N",
            description = "How long deliveries are signed with the old one too (default: ${DEFAULT-VALUE}).")
    private int overlapHours = 24;

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        String path = Resource.WEBHOOK.path(id) + "/rotate?overlap_hours=" + overlapHours;
        gateway.show(
                gateway.answer(api -> api.send("POST", path, Map.of())),
                (webhook, out) -> Resource.WEBHOOK.print(
                        HttpApi.MAPPER
                                .createObjectNode()
                                .set("items", HttpApi.MAPPER.createArrayNode().add(webhook)),
                        out));
        return 0;
    }
}
