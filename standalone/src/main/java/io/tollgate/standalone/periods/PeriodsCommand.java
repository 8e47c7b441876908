package io.tollgate.standalone.periods;

import io.tollgate.standalone.client.HttpApi;
import io.tollgate.standalone.client.TextTable;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code tollgate periods …}. */
@Command(
        name = "periods",
        mixinStandardHelpOptions = true,
        description = "Months of usage that are closed, and closing one.",
        subcommands = {ListCommand.class, ShowCommand.class, CloseCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class PeriodsCommand {
    static final String PATH = "/admin/v1/periods";

    private static final List<String> COLUMNS = List.of("/month", "/closed_at", "/closed_with", "/end_offsets");

    static String path(String month) {
        return PATH + "/" + HttpApi.encode(month);
    }

    static void print(JsonNode list, PrintWriter out) {
        TextTable.of(list.path("items"), COLUMNS, out);
    }
}
