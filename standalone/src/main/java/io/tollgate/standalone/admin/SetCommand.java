package io.tollgate.standalone.admin;

import io.tollgate.standalone.client.GatewayOptions;
import io.tollgate.standalone.client.HttpApi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** {@code set}: makes or replaces what a file holds, one after the other. */
@Command(
        name = "set",
        mixinStandardHelpOptions = true,
        description = "Makes or replaces what a file holds.",
        footer = {
            "",
            "FILE holds JSON as the admin API takes it, with the member 'id': one object, an array of them, or what",
            "'list --json' prints. It stops at the first that is refused; those before it are set."
        })
final class SetCommand implements Callable<Integer> {
    private final Resource resource;

    @Parameters(paramLabel = "FILE", description = "What to set; - reads it from the input.")
    private Path file = Path.of("-");

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    SetCommand(Resource resource) {
        this.resource = resource;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<JsonNode> wanted = wanted();
        ArrayNode done = HttpApi.MAPPER.createArrayNode();
        try {
            for (JsonNode one : wanted) {
                done.add(set(one));
            }
        } finally {
            // Also where one was refused: a webhook's secret is told this once.
            if (!done.isEmpty()) {
                gateway.show(HttpApi.MAPPER.createObjectNode().set("items", done), resource::print);
            }
        }
        return 0;
    }

    private JsonNode set(JsonNode one) throws IOException, InterruptedException {
        String id = one.path("id").asString("");
        try {
            return gateway.answer(api -> api.send("PUT", resource.path(id), one));
        } catch (IOException e) {
            throw new IOException(id + ": " + e.getMessage());
        }
    }

    private List<JsonNode> wanted() throws IOException {
        try {
            JsonNode tree = HttpApi.MAPPER.readTree(GatewayOptions.read(file));
            JsonNode list = tree.path("items").isArray() ? tree.path("items") : tree;
            List<JsonNode> wanted = list.isArray() ? List.copyOf(list.values()) : List.of(list);
            if (!wanted.stream().allMatch(one -> one.path("id").isString())) {
                throw new IOException(file + ": each must have an \"id\"");
            }
            return wanted;
        } catch (JacksonException e) {
            throw new IOException(file + " is no JSON");
        }
    }
}
