package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.standalone.client.Endpoints;
import io.tollgate.standalone.oracle.TestEvent;
import io.tollgate.standalone.oracle.TestPrice;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * How many events a job rates again in a second, from its start until the topology has done the last, with all
 * services and servers in one JVM. A measurement to run by hand, {@code -Drerating.events=200000}: no figure fails
 * it.
 */
@EnabledIfSystemProperty(named = "rerating.events", matches = "\\d+")
class ReratingSpeedIT {
    private static final int BATCH = 1_000;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @Test
    void measure(@TempDir Path data) throws Exception {
        int events = Integer.getInteger("rerating.events");
        try (TestStack stack = TestStack.start(data)) {
            Endpoints at = stack.endpoints();
            TollgateClient client = new TollgateClient(at.gateway(), at.usageApi(), stack.adminToken());
            client.putCompany("acme");
            String key = client.createKey("acme", List.of("ingest"));
            for (int sent = 0; sent < events; sent += BATCH) {
                List<String> batch = new ArrayList<>();
                for (int i = sent; i < Math.min(events, sent + BATCH); i++) {
                    batch.add(event(i).toJson());
                }
                assertThat(client.sendBatch(key, batch)).isEqualTo(204);
            }
            awaitDone(client, "{\"dry_run\":true}");
            client.postPrices(List.of(
                    new TestPrice("openai", "late", "input", "0.0000025", Instant.EPOCH).toJson(),
                    new TestPrice("openai", "late", "output", "0.00001", Instant.EPOCH).toJson()));

            JsonNode dry = awaitDone(client, "{\"dry_run\":true}");
            report("dry run", dry, dry.get("rows_read").asLong());
            JsonNode job = awaitDone(client, "{}");
            report("job", job, job.get("submitted").asLong());
            assertThat(job.get("newly_priced").asLong()).isEqualTo(events);
        }
    }

    private static TestEvent event(int number) {
        return new TestEvent(
                "acme",
                "measure",
                "req-" + number,
                Instant.now(),
                "user-" + number % 100,
                "openai",
                "late",
                Map.of("input", Integer.toString(number % 5_000), "output", "300"),
                200,
                800,
                "search");
    }

    private static JsonNode awaitDone(TollgateClient client, String body) throws Exception {
        String id = client.post("reratings", body).get("id").asString();
        return await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> client.get("reratings/" + id),
                        job -> job.get("status").asString().equals("done"));
    }

    private static void report(String what, JsonNode job, long events) {
        long millis = Duration.between(time(job, "started_at"), time(job, "updated_at"))
                .toMillis();
        System.out.printf("%s: %d events in %d ms, %d a second%n", what, events, millis, events * 1_000 / millis);
    }

    private static Instant time(JsonNode job, String name) {
        return Instant.parse(job.get(name).asString());
    }
}
