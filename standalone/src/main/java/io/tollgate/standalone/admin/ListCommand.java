package io.tollgate.standalone.admin;

import io.tollgate.standalone.client.GatewayOptions;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code list}: all pages of them. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Shows all of them.")
final class ListCommand implements Callable<Integer> {
    private final Resource resource;

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Spec
    private @Nullable CommandSpec spec;

    private ListCommand(Resource resource) {
        this.resource = resource;
    }

    static CommandLine of(Resource resource) {
        CommandLine command = new CommandLine(new ListCommand(resource));
        resource.filters().forEach(filter -> command.getCommandSpec().addOption(filter.option()));
        return command;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ParseResult parsed = Objects.requireNonNull(spec).commandLine().getParseResult();
        Map<String, @Nullable String> parameters = new HashMap<>();
        resource.filters()
                .forEach(filter -> parameters.put(filter.member(), parsed.matchedOptionValue(filter.name(), null)));
        gateway.show(gateway.list(resource.path(), parameters), resource::print);
        return 0;
    }
}
