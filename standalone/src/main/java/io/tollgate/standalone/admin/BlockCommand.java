package io.tollgate.standalone.admin;

import io.tollgate.standalone.client.GatewayOptions;
import io.tollgate.standalone.client.HttpApi;
import io.tollgate.standalone.client.HttpApi.Answer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code tollgate users block} and {@code unblock}; what else is known of the user stays. */
@Command(mixinStandardHelpOptions = true, description = "Denies a user's admissions, or lets them be again.")
final class BlockCommand implements Callable<Integer> {
    private static final int NOT_FOUND = 404;

    private final boolean blocked;

    @Parameters(index = "0", paramLabel = "COMPANY", description = "The company's id.")
    private String company = "";

    @Parameters(index = "1", paramLabel = "USER", description = "The user, as usage names them.")
    private String user = "";

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    BlockCommand(boolean blocked) {
        this.blocked = blocked;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        gateway.show(
                gateway.answer(this::set),
                (done, out) -> out.println((blocked ? "blocked    " : "unblocked  ") + company + " " + user));
        return 0;
    }

    private Answer set(HttpApi api) throws IOException, InterruptedException {
        String path = "/admin/v1/users/" + HttpApi.encode(company) + "/" + HttpApi.encode(user);
        Answer known = api.get(path);
        if (known.status() == NOT_FOUND) {
            ObjectNode fresh = HttpApi.MAPPER.createObjectNode().put("blocked", blocked);
            return api.send("PUT", path, fresh, "If-None-Match", "*");
        }
        if (!known.isOk()) {
            return known;
        }
        ObjectNode next = known.json().asObject().put("blocked", blocked);
        return api.send(
                "PUT", path, next, "If-Match", "\"" + next.path("version").asString("") + "\"");
    }
}
