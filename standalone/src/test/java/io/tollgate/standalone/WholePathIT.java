package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.Submission;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.avro.Usage;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.SchemaRegistry;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.standalone.MeteringRun.Batch;
import io.tollgate.standalone.client.Endpoints;
import io.tollgate.standalone.oracle.Account;
import io.tollgate.standalone.oracle.Money;
import io.tollgate.standalone.oracle.Oracle.Totals;
import io.tollgate.standalone.oracle.TestEvent;
import io.tollgate.standalone.oracle.TestLoad;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The main job, from the front door to the books: 10,000 events, each sent twice, fifty voided, in random order across
 * price changes, some of them a third time by a service that writes to Kafka itself. Whoever asks afterwards, for
 * whatever answer or file, is told the same sums to the last digit.
 */
class WholePathIT {
    private static final int EVENTS = 10_000;
    private static final int BY_KAFKA_TOO = 500;

    private static final long SEED = Long.getLong("seed", System.nanoTime());

    private static TestStack stack;
    private static Endpoints at;
    private static TollgateClient client;
    private static TestLoad load;
    private static MeteringRun run;
    private static JsonNode balance;

    @BeforeAll
    static void meter(@TempDir Path data) throws Exception {
        System.out.println("WholePathIT seed " + SEED);
        load = new TestLoad(SEED, EVENTS, Instant.now());
        run = new MeteringRun(load);
        stack = TestStack.start(data);
        at = stack.endpoints();
        client = new TollgateClient(at.gateway(), at.usageApi(), stack.adminToken());
        run.configure(client);

        assertThat(run.send(client, MeteringRun.batches(load.beforeTheChange())))
                .isEmpty();
        run.changePrices(client);
        List<Batch> rest = MeteringRun.batches(load.afterTheChange());
        assertThat(run.send(client, rest.subList(0, rest.size() / 2))).isEmpty();
        List<TestEvent> twice = load.events().subList(0, BY_KAFKA_TOO);
        writeToTheInbox(at, twice);
        twice.forEach(event -> run.sent().addUsage(event.company(), event.source(), event.id()));
        assertThat(run.send(client, rest.subList(rest.size() / 2, rest.size()))).isEmpty();

        balance = run.awaitSettled(client, run.acknowledged() + BY_KAFKA_TOO);
    }

    @AfterAll
    static void stop() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void theBooksEqualAnIndependentRecomputationToTheLastDigit() throws Exception {
        assertThat(balance.get("drift").asLong(-1)).describedAs("%s", balance).isZero();
        assertThat(balance.get("accepted").asLong())
                .isEqualTo(2L * EVENTS + load.voided().size() + BY_KAFKA_TOO);
        assertThat(balance.get("pending").asLong()).isZero();
        try (PostgresBooks books = new PostgresBooks(at.postgresUrl(), at.postgresUser(), at.postgresPassword())) {
            run.assertBooks(books);
            assertThat(books.count("event_outcomes WHERE outcome = 'conflict'")).isZero();
            assertThat(books.count("event_outcomes WHERE outcome = 'applied'"))
                    .isEqualTo(load.voided().size());
            assertThat(books.count("event_outcomes WHERE outcome = 'duplicate'"))
                    .isEqualTo(EVENTS + BY_KAFKA_TOO);
        }
    }

    @Test
    void theOracleAgreesAndSeesWhateverIsSpoilt(@TempDir Path folder) throws Exception {
        run.assertOracle(at, folder);
        OracleMutations mutations = new OracleMutations(at, folder.resolve("sent.ndjson"));
        mutations.assertAllAreSeen();
        mutations.assertWhatIsNotSettledIsSeen();
    }

    /** By day, company, user, model, team and currency, each currency for itself. */
    @Test
    void theBooksEveryAnswerAndEveryFileComeToTheSameSums(@TempDir Path folder) throws Exception {
        Money.Sums recomputed = load.oracle().money(load.events(), load.voidedIds());
        Map<Account, Money> expected = recomputed.byAccount();
        Set<String> currencies = new TreeSet<>();
        expected.keySet().forEach(account -> currencies.add(account.currency()));
        assertThat(currencies).containsExactly("EUR", "USD");
        try (PostgresBooks books = new PostgresBooks(at.postgresUrl(), at.postgresUser(), at.postgresPassword())) {
            assertThat(books.ledgerMoney().byAccount()).as("ledger").isEqualTo(expected);
            assertThat(books.statsMoney().byAccount()).as("usage_stats").isEqualTo(expected);
            assertThat(books.intradayMoney().byAccount())
                    .as("usage_stats_intraday")
                    .isEqualTo(expected);
        }
        long unpriced = load.oracle().days(load.events(), load.voidedIds()).values().stream()
                .mapToLong(Totals::unpriced)
                .sum();
        ToldMoney told = new ToldMoney(client, load.firstDay(), load.lastDay().plusDays(1), folder);
        assertThat(told.stats().byAccount()).as("/v1/stats").isEqualTo(expected);
        assertThat(told.statsCsv().byAccount()).as("/v1/stats as CSV").isEqualTo(expected);
        assertThat(told.meters().byAccount()).as("meters").isEqualTo(expected);
        assertThat(told.metersCsv().byAccount()).as("meters as CSV").isEqualTo(expected);
        Map<String, Money> inAll = recomputed.by(Account::currency);
        for (String profile : List.of("native", "focus-1.2", "focus-1.4")) {
            for (String format : List.of("csv", "ndjson", "parquet")) {
                String which = profile + " as " + format;
                ToldMoney.Exported export = told.exported(profile, format);
                assertThat(export.sums().byAccount()).as(which).isEqualTo(expected);
                assertThat(export.manifestSums()).as("manifest of " + which).isEqualTo(inAll);
                JsonNode manifest = export.manifest();
                assertThat(manifest.get("rows").asLong()).as(which).isEqualTo(export.rows());
                assertThat(manifest.get("size").asLong()).as(which).isEqualTo(Files.size(export.file()));
                assertThat(manifest.get("unpriced").asLong()).as(which).isEqualTo(unpriced);
            }
        }
    }

    /** Of all companies and of one, and each currency for itself: the page adds none to another. */
    @Test
    void thePageShowsTheSameSums() {
        Money.Sums recomputed = load.oracle().money(load.events(), load.voidedIds());
        try (Chromium chromium = Chromium.start()) {
            for (String company : List.of("", TestLoad.MARKED_UP)) {
                URI days = at.usageApi()
                        .resolve("/?zone=UTC&range=custom&from=" + load.firstDay() + "&to=" + load.lastDay()
                                + "&company=" + company);
                try (DashboardPage page = DashboardPage.open(chromium.browser(), days)) {
                    PageSums shown = new PageSums(page.signIn(stack.adminToken()));
                    shown.assertShows(recomputed.only(account ->
                            company.isEmpty() || company.equals(account.day().company())));
                    PlaywrightAssertions.assertThat(page.at("#books")).containsText("Balanced");
                    assertThat(page.complaintsBut()).isEmpty();
                }
            }
        }
    }

    /** A trusted service on plain kafka-clients, with another partitioner and keys of its own. */
    private static void writeToTheInbox(Endpoints at, List<TestEvent> events) throws Exception {
        AvroCodec<Submission> codec = AvroCodec.of(
                Topics.USAGE_INBOX, new SchemaRegistry(at.registry().toString()));
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                at.kafka(),
                "partitioner.class",
                RoundRobinPartitioner.class,
                "key.serializer",
                ByteArraySerializer.class,
                "value.serializer",
                ByteArraySerializer.class);
        List<Future<RecordMetadata>> acks = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings)) {
            for (TestEvent event : events) {
                acks.add(producer.send(new ProducerRecord<>(
                        Topics.USAGE_INBOX.name(),
                        event.user().getBytes(StandardCharsets.UTF_8),
                        codec.encode(submission(event)))));
            }
        }
        for (Future<RecordMetadata> ack : acks) {
            ack.get();
        }
    }

    private static Submission submission(TestEvent event) {
        List<DimensionQuantity> dimensions = event.dimensions().entrySet().stream()
                .map(counted -> new DimensionQuantity(
                        counted.getKey(),
                        Decimals.toAvro(Decimal.parse(counted.getValue().replace("\"", "")))))
                .toList();
        return Submission.newBuilder()
                .setCompany(event.company())
                .setKind(SubmissionKind.USAGE)
                .setSource(event.source())
                .setId(event.id())
                .setReceivedAt(0)
                .setUsage(Usage.newBuilder()
                        .setEventTime(ChronoUnit.MICROS.between(Instant.EPOCH, event.time()))
                        .setProvider(event.provider())
                        .setModel(event.model())
                        .setUser(event.user())
                        .setStatus(event.status())
                        .setLatencyMs(event.latencyMs())
                        .setLabels(Map.of("team", event.team()))
                        .setDimensions(dimensions)
                        .build())
                .build();
    }
}
