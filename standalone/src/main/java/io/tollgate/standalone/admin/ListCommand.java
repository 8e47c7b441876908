package io.tollgate.standalone.admin;

import io.tollgate.standalone.client.GatewayOptions;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code list}: all pages of them. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Shows all of them.")
final class ListCommand implements Callable<Integer> {
    private final Resource resource;

    @Option(
            names = "--company",
            paramLabel = "ID",
            description = "Only this company's; '*' are those for each company.")
    private @Nullable String company;

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    ListCommand(Resource resource) {
        this.resource = resource;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, @Nullable String> parameters = new HashMap<>();
        parameters.put("company", company);
        gateway.show(gateway.list(resource.path(), parameters), resource::print);
        return 0;
    }
}
