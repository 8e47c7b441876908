package io.tollgate.standalone.db;

import io.tollgate.sink.migration.Grants;
import io.tollgate.standalone.client.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tollgate db grants}: needs no database. */
@Command(
        name = "grants",
        mixinStandardHelpOptions = true,
        description = "Prints the GRANTs that each service's own role needs, as SQL for the owner of the schema.",
        footer = {"", "Example: tollgate db grants | psql \"$DATABASE_URL\""})
final class GrantsCommand implements Callable<Integer> {
    @Option(names = "--sink-role", paramLabel = "ROLE", description = "Of billing-sink (default: ${DEFAULT-VALUE}).")
    private String sinkRole = "tollgate_sink";

    @Option(names = "--api-role", paramLabel = "ROLE", description = "Of usage-api (default: ${DEFAULT-VALUE}).")
    private String apiRole = "tollgate_api";

    @Mixin
    private SchemaOption schema = new SchemaOption();

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        out.println(Grants.SINK.sql(schema.name(), sinkRole));
        out.print(Grants.USAGE_API.sql(schema.name(), apiRole));
        out.flush();
        return ExitCode.DONE;
    }
}
