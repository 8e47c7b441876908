package io.tollgate.standalone.admin;

import io.tollgate.standalone.client.GatewayOptions;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tollgate quotas reset}. */
@Command(
        name = "reset",
        mixinStandardHelpOptions = true,
        description = "Begins a quota's counts anew, of everybody or of those whom it counts apart.",
        footer = {"", "Example: tollgate quotas reset acme-user-day --user ann --reason 'a loop of ours'"})
final class ResetCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "The quota's id.")
    private String id = "";

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Kept beside what had been used.")
    private String reason = "";

    @Option(names = "--company", paramLabel = "ID", description = "Only this company's count.")
    private @Nullable String company;

    @Option(names = "--user", paramLabel = "ID", description = "Only this user's count.")
    private @Nullable String user;

    @Option(names = "--key", paramLabel = "ID", description = "Only this key's count.")
    private @Nullable String key;

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, @Nullable String> asked = new LinkedHashMap<>();
        asked.put("company", company);
        asked.put("user", user);
        asked.put("key", key);
        asked.put("reason", reason);
        gateway.show(
                gateway.answer(api -> api.send("POST", Resource.QUOTA.path(id) + "/reset", asked)),
                (quota, out) -> out.println("reset    " + id + ", number "
                        + quota.path("resets")
                                .valueStream()
                                .reduce((one, last) -> last)
                                .orElse(quota)
                                .path("number")
                                .asString("")));
        return 0;
    }
}
