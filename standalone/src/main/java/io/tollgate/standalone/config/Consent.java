package io.tollgate.standalone.config;

import io.tollgate.standalone.client.Agreement;
import io.tollgate.standalone.client.GatewayOptions;
import io.tollgate.standalone.client.HttpApi;
import io.tollgate.standalone.client.HttpApi.Answer;
import java.io.IOException;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Whether a person who has seen what would change wants it. */
final class Consent {
    @Option(names = "--dry-run", description = "Says what would change and changes nothing.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Does not ask first.")
    private boolean yes;

    /** Something that can also only be looked at. */
    @FunctionalInterface
    interface Doing {
        /**
         * Asks the gateway for it.
         *
         * @param conditions headers, names and values in turn
         */
        Answer send(HttpApi api, boolean dryRun, String... conditions) throws IOException, InterruptedException;
    }

    /** Does it, after it was shown and agreed to; what is done then is what was shown, or nothing. */
    int carryOut(GatewayOptions gateway, Doing doing) throws IOException, InterruptedException {
        String[] conditions = {};
        if (!yes && !dryRun) {
            JsonNode outcome = gateway.answer(api -> doing.send(api, true));
            gateway.show(outcome, OutcomeText::print);
            if (outcome.path("changes").isEmpty()) {
                return 0;
            }
            Agreement.ask("Change it?", "--yes to change it, --dry-run to look only");
            conditions = ConfigFile.onlyIf(outcome);
        }
        String[] agreed = conditions;
        gateway.show(gateway.answer(api -> doing.send(api, dryRun, agreed)), OutcomeText::print);
        return 0;
    }
}
