package io.tollgate.standalone.client;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** A command that shows a list of usage-api as a table. */
@Command(mixinStandardHelpOptions = true)
public final class UsageList implements Callable<Integer> {
    /** From a time on, and before one. */
    public static final List<Flag> TIMES = List.of(
            Flag.text("--from", "from", "From then on, 2026-11-01T00:00:00Z say."),
            Flag.text("--to", "to", "Before then."));

    private final String path;
    private final List<String> columns;
    private final List<Flag> filters;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "How many at most (default: ${DEFAULT-VALUE}); of what has a time the newest.")
    private int limit = 100;

    @Mixin
    private GatewayOptions services = new GatewayOptions();

    @Spec
    private @Nullable CommandSpec spec;

    private UsageList(String path, List<String> columns, List<Flag> filters) {
        this.path = path;
        this.columns = columns;
        this.filters = filters;
    }

    /**
     * The command.
     *
     * @param help one line
     * @param example of its use
     * @param columns pointers to what of an item is shown
     * @param filters by query parameter
     */
    public static CommandLine of(String path, String help, String example, List<String> columns, List<Flag> filters) {
        CommandLine command = new CommandLine(new UsageList(path, columns, filters));
        CommandSpec spec = command.getCommandSpec();
        spec.usageMessage().description(help).footer("", "Example: tollgate " + example);
        filters.forEach(filter -> spec.addOption(filter.option()));
        return command;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ParseResult parsed = Objects.requireNonNull(spec).commandLine().getParseResult();
        Map<String, @Nullable String> parameters = new HashMap<>();
        filters.forEach(filter -> parameters.put(filter.member(), parsed.matchedOptionValue(filter.name(), null)));
        services.show(
                services.usageList(path, parameters, limit),
                (list, out) -> TextTable.of(list.path("items"), columns, out));
        return ExitCode.DONE;
    }
}
