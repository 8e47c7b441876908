package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.oracle.Deployment;
import io.tollgate.oracle.Verdict;
import io.tollgate.schemas.topic.Groups;
import io.tollgate.standalone.client.Endpoints;
import io.tollgate.standalone.oracle.Oracle;
import io.tollgate.standalone.oracle.TestEvent;
import io.tollgate.standalone.oracle.TestLoad;
import io.tollgate.standalone.oracle.TestLoad.Submission;
import io.tollgate.standalone.oracle.TestPrice;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * One load through the front door and its check against the oracle: what the whole-path tests have in common. A batch
 * that is not acknowledged is kept and can be sent again.
 */
final class MeteringRun {
    private static final int BATCH = 100;
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(90);

    private final TestLoad load;
    private final Map<String, String> keys = new HashMap<>();
    private final SentFile sent = new SentFile();
    private final AtomicLong acknowledged = new AtomicLong();

    MeteringRun(TestLoad load) {
        this.load = load;
    }

    /** Events of one company, to be sent in one request. */
    record Batch(String company, List<String> events) {}

    void configure(TollgateClient client) throws IOException, InterruptedException {
        for (String company : List.of(TestLoad.PLAIN, TestLoad.MARKED_UP)) {
            client.putCompany(company);
            keys.put(company, client.createKey(company, List.of("ingest", "correct", "read")));
        }
        limit(client);
        client.postPrices(
                Stream.concat(load.pricesAtStart().stream().map(TestPrice::toJson), Stream.of(load.markupJson()))
                        .toList());
    }

    /** Some quotas and rules of each kind, so that there are states and alerts to be held against the events. */
    private static void limit(TollgateClient client) throws IOException, InterruptedException {
        client.put(
                "quotas/company-month",
                """
                {"scope":{"company":"*"},"metric":"cost","currency":"USD","limit":"40","period":"month",
                 "timezone":"Europe/Berlin","enforcement":"soft"}""");
        client.put(
                "quotas/user-day",
                """
                {"scope":{"company":"*","user":"*"},"metric":"tokens","limit":100000,"period":"day","enforcement":"soft"}""");
        client.put(
                "quotas/vendor-hours",
                """
                {"scope":{"company":"%s","key":"*","provider":"openai","model":"gpt-4o"},"metric":"output","limit":5000,
                 "period":"rolling","period_hours":30,"enforcement":"shadow"}"""
                        .formatted(TestLoad.PLAIN));
        client.put(
                "alert-rules/shares",
                """
                {"scope":{"company":"*"},"kind":"quota_share","quota":"company-month"}""");
        client.put(
                "alert-rules/days",
                """
                {"scope":{"company":"*"},"kind":"spend","window":"day","currency":"USD","thresholds":["10","20","1000"]}""");
        client.put(
                "alert-rules/unpriced",
                """
                {"scope":{"company":"*","user":"*"},"kind":"unpriced","window":"month","thresholds":["1","8"]}""");
        client.put(
                "alert-rules/errors",
                """
                {"scope":{"company":"*"},"kind":"error_share","window":"month","thresholds":["1","3"]}""");
    }

    /** Something went in without us. */
    SentFile sent() {
        return sent;
    }

    /** Demands that a recomputation from the topics finds the same in every table. */
    Verdict assertOracle(Endpoints at, Path folder) throws Exception {
        Path tries = folder.resolve("sent.ndjson");
        sent.write(tries);
        long started = System.nanoTime();
        Verdict verdict = io.tollgate.oracle.Oracle.check(deployment(at, "tollgate"), tries);
        System.out.println(
                "oracle: " + Duration.ofNanos(System.nanoTime() - started).toMillis() + " ms "
                        + verdict.checks().stream()
                                .map(check -> check.name() + " " + check.compared())
                                .toList());
        assertThat(verdict.holds()).describedAs("%s", verdict.toJson()).isTrue();
        assertThat(verdict.checks()).describedAs("%s", verdict.toJson()).allSatisfy(check -> assertThat(
                        check.compared() > 0 || isRare(check.name()))
                .describedAs(check.name())
                .isTrue());
        return verdict;
    }

    static Deployment deployment(Endpoints at, String schema) {
        return deployment(at, schema, Groups.METERING);
    }

    static Deployment deployment(Endpoints at, String schema, String streamsGroup) {
        return new Deployment(
                at.kafka(),
                at.registry(),
                at.postgresUrl(),
                at.postgresUser(),
                at.postgresPassword(),
                schema,
                streamsGroup);
    }

    /** What this load may have none of. */
    private static boolean isRare(String check) {
        return check.equals("dead_letters") || check.equals("quota_resets") || check.equals("fingerprints");
    }

    void changePrices(TollgateClient client) throws IOException, InterruptedException {
        client.postPrices(load.pricesInFlight().stream().map(TestPrice::toJson).toList());
    }

    /** The submissions in their order, cut into requests. */
    static List<Batch> batches(List<Submission> submissions) {
        List<Batch> batches = new ArrayList<>();
        Map<String, List<String>> open = new HashMap<>();
        for (Submission submission : submissions) {
            List<String> events = open.computeIfAbsent(submission.company(), company -> new ArrayList<>());
            events.add(submission.json());
            if (events.size() == BATCH) {
                batches.add(new Batch(submission.company(), List.copyOf(events)));
                events.clear();
            }
        }
        open.forEach((company, events) -> {
            if (!events.isEmpty()) {
                batches.add(new Batch(company, List.copyOf(events)));
            }
        });
        return batches;
    }

    /**
     * Sends what it is given.
     *
     * @return the batches that were not acknowledged
     */
    List<Batch> send(TollgateClient client, List<Batch> batches) throws InterruptedException {
        List<Batch> unacknowledged = new ArrayList<>();
        for (Batch batch : batches) {
            boolean taken = send(client, batch);
            sent.add(batch.company(), batch.events(), taken);
            if (taken) {
                acknowledged.addAndGet(batch.events().size());
            } else {
                unacknowledged.add(batch);
            }
        }
        return unacknowledged;
    }

    private boolean send(TollgateClient client, Batch batch) throws InterruptedException {
        try {
            int status = client.sendBatch(keys.getOrDefault(batch.company(), ""), batch.events());
            assertThat(status).isIn(204, 503);
            return status == 204;
        } catch (IOException e) {
            return false;
        }
    }

    /** Submissions that were answered with a 2xx. */
    long acknowledged() {
        return acknowledged.get();
    }

    /** Waits until every submission that the sink has counted has its outcome and nothing is on its way. */
    JsonNode awaitSettled(TollgateClient client, long atLeastAccepted) {
        return awaitBalance(
                client,
                balance -> allHaveOutcomes(balance, atLeastAccepted)
                        && balance.get("settled").asBoolean(false));
    }

    /** Waits until every submission has its outcome; the statistics may still be on their way. */
    void awaitOutcomes(TollgateClient client, long atLeastAccepted) {
        awaitBalance(client, balance -> allHaveOutcomes(balance, atLeastAccepted));
    }

    private static boolean allHaveOutcomes(JsonNode balance, long atLeastAccepted) {
        return balance.get("accepted").asLong() >= atLeastAccepted
                && balance.get("in_flight").asLong(-1) == 0;
    }

    private static JsonNode awaitBalance(TollgateClient client, Predicate<JsonNode> holds) {
        return await().atMost(SETTLED_WITHIN)
                .pollInterval(Duration.ofMillis(300))
                .ignoreExceptions()
                .until(client::balance, holds);
    }

    /** Demands that the books equal the recomputation to the last digit and hold nothing else. */
    void assertBooks(PostgresBooks books) throws SQLException {
        Oracle oracle = load.oracle();
        Map<Oracle.Day, Oracle.Totals> expected = oracle.days(load.events(), load.voidedIds());

        assertThat(books.ledgerDays()).describedAs("cost_calculations").isEqualTo(expected);
        assertThat(books.statsDays()).describedAs("usage_stats").isEqualTo(expected);
        assertThat(books.intradayDays()).describedAs("usage_stats_intraday").isEqualTo(expected);
        assertThat(books.listCosts()).describedAs("each event's cost").isEqualTo(expectedCosts(oracle, books));
        assertThat(books.count("dead_letters")).isZero();
    }

    /** Of every event; one that was voided is there with 0, or not at all where its void came first. */
    private Map<String, BigDecimal> expectedCosts(Oracle oracle, PostgresBooks books) throws SQLException {
        Map<String, BigDecimal> booked = books.listCosts();
        Map<String, BigDecimal> costs = new TreeMap<>();
        for (TestEvent event : load.events()) {
            BigDecimal cost = oracle.listCost(event);
            if (!load.voidedIds().contains(event.id())) {
                costs.put(event.id(), cost == null ? BigDecimal.ZERO : cost.stripTrailingZeros());
            } else if (booked.containsKey(event.id())) {
                costs.put(event.id(), BigDecimal.ZERO);
            }
        }
        return costs;
    }
}
