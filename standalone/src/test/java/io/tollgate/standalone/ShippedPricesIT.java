package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user meets who starts Tollgate for the first time: prices are there, and more can be had by a command. */
class ShippedPricesIT {
    @Test
    void anEventHasACostWithoutAPriceBeingPosted(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("data");
        try (TollgateProcess tollgate = TollgateProcess.startWithPrices(data, TollgateProcess.freePortBase())
                .awaitReady(Duration.ofMinutes(2))) {
            TollgateClient client = new TollgateClient(tollgate.gateway(), tollgate.usageApi(), tollgate.adminToken());
            client.putCompany("acme");
            String key = client.createKey("acme", List.of("ingest", "read"));
            assertThat(client.sendBatch(
                            key,
                            List.of("{\"specversion\":\"1.0\",\"id\":\"req-1\",\"source\":\"search-service\","
                                    + "\"type\":\"tollgate.usage.v1\",\"data\":{\"provider\":\"openai\",\"model\":\"gpt-4o\","
                                    + "\"dimensions\":{\"input\":1200,\"output\":300}}}")))
                    .isEqualTo(204);
            await().atMost(Duration.ofMinutes(1))
                    .ignoreExceptionsInstanceOf(AssertionError.class)
                    .until(() -> client.read("/v1/events?source=search-service&id=req-1&company=acme")
                            .path("cost")
                            .asString("")
                            .equals("0.006"));

            assertThat(tollgate(tollgate, data, "list", "--provider", "openai", "--model", "gpt-4o"))
                    .contains("0.0000025", "batch", "priority");
            Path usage = Files.writeString(
                    folder.resolve("usage.json"),
                    "{\"provider\":\"anthropic\",\"model\":\"claude-sonnet-4-5\",\"dimensions\":{\"input\":1000000}}");
            assertThat(tollgate(tollgate, data, "quote", usage.toString())).contains("cost 6 USD");
            Path catalogue = Files.writeString(
                    folder.resolve("catalogue.json"),
                    "{\"gpt-4o\":{\"litellm_provider\":\"openai\",\"mode\":\"chat\",\"input_cost_per_token\":2e-06}}");
            assertThat(tollgate(tollgate, data, "import", catalogue.toString(), "--format", "litellm"))
                    .contains("0.0000025  0.000002", "version  2");
            assertThat(tollgate(tollgate, data, "import", catalogue.toString(), "--format", "litellm"))
                    .contains("0 added, 0 changed, 1 in force already");
        }
    }

    private static String tollgate(TollgateProcess process, Path data, String... arguments) {
        List<String> all = new ArrayList<>(List.of("prices"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--url", process.gateway().toString(), "--data", data.toString()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Tollgate.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
        assertThat(code).as("%s%n%s", all, err).isZero();
        return out.toString();
    }
}
