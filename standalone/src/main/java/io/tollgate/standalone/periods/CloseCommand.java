package io.tollgate.standalone.periods;

import io.tollgate.standalone.client.Agreement;
import io.tollgate.standalone.client.ExitCode;
import io.tollgate.standalone.client.GatewayOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code tollgate periods close}. */
@Command(
        name = "close",
        mixinStandardHelpOptions = true,
        description = "Closes a month that has ended, and those before it: for good, there is no way back.",
        footer = {
            "",
            "Its exports are the same from then on. What comes for it later is billed in the month after, as adjustments.",
            "",
            "Example: tollgate periods close 2026-10"
        })
final class CloseCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MONTH", description = "Which one by UTC, 2026-10 say.")
    private String month = "";

    @Option(names = "--yes", description = "Does not ask first.")
    private boolean yes;

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!yes) {
            Agreement.ask("Close " + month + ", and what is open before it, for good?", "--yes to close it for good");
        }
        gateway.show(
                gateway.answer(api -> api.send("POST", PeriodsCommand.path(month) + "/close", Map.of())),
                CloseCommand::print);
        return ExitCode.DONE;
    }

    private static void print(JsonNode period, PrintWriter out) {
        String month = period.path("month").asString("");
        String with = period.path("closed_with").asString("");
        out.println("closed   " + month + " since " + period.path("closed_at").asString("")
                + (with.equals(month) ? "" : ", with " + with));
    }
}
