package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.standalone.MeteringRun.Batch;
import io.tollgate.standalone.oracle.Oracle;
import io.tollgate.standalone.oracle.TestEvent;
import io.tollgate.standalone.oracle.TestLoad;
import io.tollgate.standalone.oracle.TestLoad.Submission;
import io.tollgate.standalone.oracle.TestPrice;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Prices that come late, from the front door to the books: events are rated without them, voided and amended, and
 * rated again while more of them come, through a pause and a {@code kill -9} of everything in the middle of the job.
 * In the end the books hold what they would, had the prices been there from the start.
 */
class ReratingIT {
    private static final int EVENTS = 8_000;
    private static final int AMENDS = 200;
    /** So few at once that a job can be met in its middle. */
    private static final Map<String, String> SLOWLY = Map.of("TOLLGATE_RERATINGS_IN_FLIGHT", "100");

    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration JOB = Duration.ofMinutes(1);
    private static final BigDecimal MARKUP = new BigDecimal("1.2");

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final TestLoad load = new TestLoad(seed, EVENTS, Instant.now());
    private final MeteringRun run = new MeteringRun(load);
    private final Map<String, TestEvent> amended = amended();
    private final Part early = new Part();
    private final Part late = new Part();
    private final Oracle before = new Oracle(load.pricesAtStart(), Map.of(TestLoad.MARKED_UP, MARKUP));
    private final Oracle after =
            new Oracle(joined(load.pricesAtStart(), latePrices()), Map.of(TestLoad.MARKED_UP, MARKUP));

    @Test
    void lateAndBackDatedPricesEndInWhatTheyWouldHaveBeenFromTheStart(@TempDir Path data) throws Exception {
        System.out.println("ReratingIT seed " + seed);
        deal();
        int base = TollgateProcess.freePortBase();
        ExecutorService sender = Executors.newSingleThreadExecutor();
        try (TollgateProcess first = TollgateProcess.start(data, base, SLOWLY).awaitReady(START)) {
            TollgateClient client = client(first);
            run.configure(client);
            assertThat(run.send(client, early.batches(random))).isEmpty();
            // What is rated when the prices come is rated without them, or a dry run could not be told from the events.
            run.awaitOutcomes(client, run.acknowledged());
            client.postPrices(latePrices().stream().map(TestPrice::toJson).toList());

            oneCompanysDryRunIsWhatThenHappens(client, first);

            String job = post(client, "{\"reason\":\"the late prices\"}");
            List<Batch> rest = late.batches(random);
            Future<List<Batch>> sending = sender.submit(() -> run.send(client, rest));
            awaitJob(client, job, now -> submitted(now) > 0);
            client.post("reratings/" + job + "/pause", "");
            JsonNode paused = awaitJob(client, job, now -> status(now).equals("paused"));
            assertThat(paused.get("percent").asLong()).isLessThan(100);
            assertThat(client.get("reratings/" + job)).isEqualTo(paused);
            client.post("reratings/" + job + "/resume", "");
            awaitJob(client, job, now -> submitted(now) > submitted(paused));
            first.kill();
            List<Batch> unacknowledged = sending.get();

            try (TollgateProcess second =
                            TollgateProcess.start(data, base, SLOWLY).awaitReady(START);
                    PostgresBooks books = second.books()) {
                TollgateClient again = client(second);
                assertThat(run.send(again, unacknowledged)).isEmpty();
                JsonNode done = awaitJob(again, job, now -> status(now).equals("done"));
                assertThat(submitted(done)).isGreaterThan(submitted(paused));
                System.out.println("ReratingIT: " + done);
                assertBooks(again, books);
                assertASecondRunWritesNothing(again, books);
                run.awaitSettled(again, run.acknowledged());
                run.assertOracle(second.endpoints(), data);
            }
        } finally {
            sender.shutdownNow();
        }
    }

    /** Nothing comes in meanwhile, so what a dry run finds can be told from the events. */
    private void oneCompanysDryRunIsWhatThenHappens(TollgateClient client, TollgateProcess process) throws Exception {
        String company = "\"company\":\"" + TestLoad.MARKED_UP + "\"";
        JsonNode dry = awaitDone(client, post(client, "{" + company + ",\"dry_run\":true}"));
        List<TestEvent> touched = touched(TestLoad.MARKED_UP);
        assertThat(dry.get("submitted").asLong()).isZero();
        assertThat(dry.get("events").asLong()).isEqualTo(touched.size());
        assertThat(dry.get("newly_priced").asLong())
                .isEqualTo(touched.stream()
                        .filter(event -> before.listCost(event) == null)
                        .count());
        JsonNode money = dry.get("money").get(0);
        assertThat(amount(money, "list_cost_before")).isEqualByComparingTo(sum(touched, before));
        assertThat(amount(money, "list_cost_after")).isEqualByComparingTo(sum(touched, after));
        assertThat(amount(money, "cost_after"))
                .isEqualByComparingTo(sum(touched, after).multiply(MARKUP));
        assertThat(amount(money, "cost_change"))
                .isEqualByComparingTo(amount(money, "cost_after").subtract(amount(money, "cost_before")));

        String job = post(client, "{" + company + "}");
        JsonNode done = awaitDone(client, job);
        assertThat(done.get("events")).isEqualTo(dry.get("events"));
        assertThat(done.get("money")).isEqualTo(dry.get("money"));
        run.awaitOutcomes(client, run.acknowledged() + submitted(done));
        try (PostgresBooks books = process.books()) {
            assertThat(books.count(applied(job))).isEqualTo(touched.size());
            String rows = "cost_calculations WHERE reason = 're-rated by " + job + "'";
            await().until(() -> books.count(rows) == 2L * touched.size());
        }
    }

    private void assertBooks(TollgateClient client, PostgresBooks books) throws Exception {
        JsonNode balance = run.awaitSettled(client, run.acknowledged());
        assertThat(balance.get("drift").asLong(-1)).describedAs("%s", balance).isZero();
        Map<Oracle.Day, Oracle.Totals> expected =
                after.days(load.events().stream().map(this::asAmended).toList(), load.voidedIds());
        assertThat(books.ledgerDays()).describedAs("cost_calculations").isEqualTo(expected);
        assertThat(books.statsDays()).describedAs("usage_stats").isEqualTo(expected);
        assertThat(books.intradayDays()).describedAs("usage_stats_intraday").isEqualTo(expected);
        assertThat(books.count("dead_letters")).isZero();
        assertThat(books.count("event_outcomes WHERE outcome IN ('conflict', 'unmatched')"))
                .isZero();
    }

    private void assertASecondRunWritesNothing(TollgateClient client, PostgresBooks books) throws Exception {
        long rows = books.count("cost_calculations");
        String job = post(client, "{}");
        JsonNode done = awaitDone(client, job);
        run.awaitOutcomes(client, run.acknowledged() + submitted(done));

        assertThat(done.get("events").asLong()).isZero();
        assertThat(done.get("money"))
                .allSatisfy(money -> assertThat(amount(money, "cost_change")).isZero());
        assertThat(books.count(applied(job))).isZero();
        assertThat(books.count("cost_calculations")).isEqualTo(rows);
    }

    private static String applied(String job) {
        return "event_outcomes WHERE outcome = 'applied' AND correction_id = '" + job + "'";
    }

    private static String post(TollgateClient client, String body) throws Exception {
        return client.post("reratings", body).get("id").asString();
    }

    private static JsonNode awaitDone(TollgateClient client, String job) {
        return awaitJob(client, job, now -> status(now).equals("done"));
    }

    private static JsonNode awaitJob(TollgateClient client, String job, Predicate<JsonNode> holds) {
        return await().atMost(JOB)
                .pollInterval(Duration.ofMillis(3))
                .pollDelay(Duration.ZERO)
                .until(() -> client.get("reratings/" + job), holds);
    }

    private static String status(JsonNode job) {
        assertThat(job.get("error").isNull()).describedAs("%s", job).isTrue();
        return job.get("status").asString();
    }

    private static long submitted(JsonNode job) {
        return job.get("submitted").asLong();
    }

    private static BigDecimal amount(JsonNode money, String name) {
        return new BigDecimal(money.get(name).asString());
    }

    /** What is sent at one time: events, voids and amends, in any order. */
    private static final class Part {
        final Set<String> events = new HashSet<>();
        final Set<String> voids = new HashSet<>();
        final Set<String> amends = new HashSet<>();
        private final List<Submission> submissions = new ArrayList<>();

        void add(Set<String> kind, TestEvent event, String json) {
            kind.add(event.id());
            submissions.add(new Submission(event.company(), json));
        }

        List<Batch> batches(Random order) {
            Collections.shuffle(submissions, order);
            return MeteringRun.batches(submissions);
        }
    }

    /** Three of four before the late prices, the others after. */
    private Part part() {
        return random.nextInt(4) == 0 ? late : early;
    }

    private void deal() {
        for (TestEvent event : load.events()) {
            Part part = part();
            part.add(part.events, event, event.toJson());
        }
        for (TestEvent event : load.voided()) {
            Part part = part();
            part.add(part.voids, event, event.voidJson());
        }
        for (TestEvent event : amended.values()) {
            Part part = part();
            part.add(part.amends, event, event.amendJson());
        }
    }

    /** The events of the early part, as they then stand, whose charge has a price that is another now. */
    private List<TestEvent> touched(String company) {
        return load.events().stream()
                .filter(event -> event.company().equals(company))
                .filter(event -> early.events.contains(event.id()) && !early.voids.contains(event.id()))
                .map(event -> early.amends.contains(event.id()) ? asAmended(event) : event)
                .filter(event -> differs(before.listCost(oneOfEach(event)), after.listCost(oneOfEach(event))))
                .toList();
    }

    private static boolean differs(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        if (one == null || other == null) {
            return one != null || other != null;
        }
        return one.compareTo(other) != 0;
    }

    /** A price may change for what was not used: the line says so, and the amount does not. */
    private static TestEvent oneOfEach(TestEvent event) {
        Map<String, String> ones = new HashMap<>();
        event.dimensions().keySet().forEach(dimension -> ones.put(dimension, "1"));
        return event.withDimensions(ones);
    }

    private static BigDecimal sum(List<TestEvent> events, Oracle oracle) {
        return events.stream().map(oracle::listCost).filter(Objects::nonNull).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private TestEvent asAmended(TestEvent event) {
        return amended.getOrDefault(event.id(), event);
    }

    private Map<String, TestEvent> amended() {
        Map<String, TestEvent> all = new LinkedHashMap<>();
        Set<String> voided = load.voidedIds();
        load.events().stream()
                .filter(event -> event.dimensions().containsKey("output") && !voided.contains(event.id()))
                .limit(AMENDS)
                .forEach(event -> all.put(event.id(), event.withDimensions(miscounted())));
        return all;
    }

    private Map<String, String> miscounted() {
        return Map.of("input", Integer.toString(random.nextInt(9_000)), "output", "\"" + random.nextInt(900) + ".5\"");
    }

    /**
     * The first price of a model that had none, and two that come after the events they are for; one for a part of
     * them.
     */
    private List<TestPrice> latePrices() {
        TestPrice known = load.pricesAtStart().stream()
                .max(Comparator.comparing(TestPrice::from))
                .orElseThrow();
        Instant always = Instant.parse("2020-01-01T00:00:00Z");
        return List.of(
                new TestPrice("openai", "gpt-not-in-the-book", "input", "0.000004000000000000000003", always),
                new TestPrice("openai", "gpt-not-in-the-book", "output", "0.000016", always),
                new TestPrice(
                        "openai", "gpt-4o", "input", "0.00000275", known.from().minus(Duration.ofHours(12))),
                new TestPrice("anthropic", "claude-sonnet-4-5", "output", "0.0000149999", known.from()));
    }

    private static List<TestPrice> joined(List<TestPrice> some, List<TestPrice> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static TollgateClient client(TollgateProcess process) throws Exception {
        return new TollgateClient(process.gateway(), process.usageApi(), process.adminToken());
    }
}
