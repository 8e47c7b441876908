package io.tollgate.standalone.periods;

import io.tollgate.standalone.client.ExitCode;
import io.tollgate.standalone.client.GatewayOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tollgate periods show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows a closed month: since when it is, and where it was cut.",
        footer = {"", "Example: tollgate periods show 2026-10"})
final class ShowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MONTH", description = "Which one, 2026-10 say.")
    private String month = "";

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        gateway.show(
                gateway.answer(api -> api.get(PeriodsCommand.path(month))),
                (period, out) -> out.println(period.toPrettyString()));
        return ExitCode.DONE;
    }
}
