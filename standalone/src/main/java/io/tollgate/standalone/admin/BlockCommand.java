package io.tollgate.standalone.admin;

import io.tollgate.standalone.client.GatewayOptions;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tollgate users block} and {@code unblock}; what else is known of the user stays. */
@Command(mixinStandardHelpOptions = true)
final class BlockCommand implements Callable<Integer> {
    private final boolean blocked;

    @Parameters(index = "0", paramLabel = "COMPANY", description = "The company's id.")
    private String company = "";

    @Parameters(index = "1", paramLabel = "USER", description = "The user, as usage names them.")
    private String user = "";

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    private BlockCommand(boolean blocked) {
        this.blocked = blocked;
    }

    static CommandLine of(boolean blocked) {
        CommandLine command = new CommandLine(new BlockCommand(blocked));
        command.getCommandSpec()
                .usageMessage()
                .description(blocked ? "Denies a user's admissions." : "Lets a user's admissions be again.")
                .footer("", "Example: tollgate users " + (blocked ? "block" : "unblock") + " acme ann");
        return command;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String path = Resource.USER.path(List.of(company, user));
        gateway.show(
                gateway.answer(api -> Edit.of(api, path, record -> record.put("blocked", blocked))),
                (done, out) -> out.println((blocked ? "blocked    " : "unblocked  ") + company + " " + user));
        return 0;
    }
}
