package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.avro.DeadLetter;
import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.Submission;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.avro.Usage;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.SchemaRegistry;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.standalone.FakeGateway.Said;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands of docs/cli.md as they stand there, and what else needs a running system, found by its data folder alone. */
@ExtendWith(SharedStack.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CommandsIT {
    static final Path PAGE = Path.of("../docs/cli.md");
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String LETTER = "usage.inbox-0-999999";
    private static TestStack stack;
    private static Path folder;

    @BeforeAll
    static void meet(TestStack shared, @TempDir Path temporary) throws IOException {
        stack = shared;
        folder = temporary;
        // What 'up' leaves in its folder.
        stack.endpoints().write(folder.resolve("endpoints"));
        Files.writeString(folder.resolve("admin-token"), stack.adminToken() + "\n");
    }

    @Test
    @Order(1)
    void fromNothingToAPricedEvent() throws IOException {
        String section = Files.readString(PAGE).split("\n## ", 3)[1];
        Matcher block = BLOCK.matcher(section);
        List<String> said = new ArrayList<>();
        while (block.find()) {
            if (block.group(1).equals("json")) {
                Files.writeString(folder.resolve("event.json"), block.group(2));
            } else {
                block.group(2).lines().forEach(line -> said.add(run(line)));
            }
        }
        assertThat(said).hasSize(7);
        assertThat(Files.readString(folder.resolve("acme.key"))).startsWith("tg_");
        assertThat(said.get(4)).contains("accepted 1, rejected 0");
        assertThat(said.get(5)).contains("input", "120000", "rated", "cost 0.3 USD");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(run("./tollgate quotas status --company acme"))
                .contains("acme-month", "0.3", "499.7"));
    }

    @Test
    @Order(2)
    void whatWasDoneIsAuditedAndUseOfTheKeyIsSeen() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(run("./tollgate audit list --company acme")).contains("created", "acme-month", "token");
            assertThat(run("./tollgate keys used --company acme")).containsPattern("first .* 1\\b");
        });
        assertThat(run("./tollgate keys list --company acme")).contains("first", "ingest,read");
        assertThat(run("./tollgate users block acme ann")).contains("blocked");
        assertThat(run("./tollgate users list --company acme")).contains("ann", "true");
        assertThat(run("./tollgate companies list")).contains("acme  Acme  USD");
    }

    @Test
    @Order(3)
    void aDeadLetterIsReplayedTwiceAndBilledOnce() throws Exception {
        Codecs codecs =
                Codecs.settle(new SchemaRegistry(stack.endpoints().registry().toString()));
        write(Topics.USAGE_DEAD, codecs.dead().encode(letter(codecs.inbox().encode(submission()))));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(run("./tollgate dead-letters list --code internal_error"))
                        .contains(LETTER, "acme"));
        assertThat(run("./tollgate dead-letters show " + LETTER)).contains("\"request_id\"", "req-dead");
        assertThat(run("./tollgate dead-letters replay --code internal_error --company acme --dry-run"))
                .contains("would replay  1, left 0");
        assertThat(run("./tollgate dead-letters replay " + LETTER)).contains("replayed  1, left 0");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(run("./tollgate events show search-service req-dead --company acme"))
                        .contains("cost 0.0025 USD"));
        assertThat(run("./tollgate dead-letters replay --company acme --code internal_error"))
                .contains("replayed  1");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        run("./tollgate events show search-service req-dead --company acme --json"))
                .contains("\"duplicates\" : 1", "\"cost\" : \"0.0025\""));
        assertThat(run("./tollgate audit list --kind dead_letter")).contains("replayed", LETTER);
    }

    @Test
    @Order(4)
    void aDeadLetterThatCanNotGoInAgainIsLeft() throws Exception {
        write(Topics.USAGE_INBOX, "no record at all".getBytes(StandardCharsets.UTF_8));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(run("./tollgate dead-letters list --code unreadable"))
                .contains("usage.inbox-"));
        Matcher id = Pattern.compile("usage\\.inbox-\\d+-\\d+")
                .matcher(run("./tollgate dead-letters list --code unreadable"));
        assertThat(id.find()).isTrue();
        Said replayed = execute("./tollgate dead-letters replay " + id.group());
        assertThat(replayed.code()).isEqualTo(1);
        assertThat(replayed.out()).contains("unreadable", "replayed  0, left 1");

        String draft = run("./tollgate dead-letters show " + id.group() + " --fix");
        Files.writeString(
                folder.resolve("fixed.json"),
                draft.replace("\"company\" : \"\"", "\"company\" : \"acme\"")
                        .replace("\"source\" : \"\"", "\"source\" : \"search-service\"")
                        .replace("\"id\" : \"\"", "\"id\" : \"dug-up\"")
                        .replace("\"provider\" : \"\"", "\"provider\" : \"acme-lab\"")
                        .replace("\"model\" : \"\"", "\"model\" : \"house-1\"")
                        .replace("\"dimensions\" : { }", "\"dimensions\" : {\"input\":1000}"));
        assertThat(run("./tollgate dead-letters replay " + id.group() + " --file fixed.json"))
                .contains("fixed  " + id.group());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        run("./tollgate events show search-service dug-up --company acme --json"))
                .contains("\"cost\" : \"0.0025\"", id.group(), "\"action\" : \"fixed\""));
        assertThat(run("./tollgate dead-letters show " + id.group()))
                .contains("\"action\" : \"fixed\"", "\"kind\" : \"token\"");
    }

    @Test
    @Order(5)
    void anExportIsWrittenCheckedAndTakenUpAgain() throws IOException {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String export = "./tollgate export --from " + today.minusDays(1) + " --to " + today.plusDays(2)
                + " --company acme --out usage.csv --manifest usage.manifest";
        String said = run(export);
        Path file = folder.resolve("usage.csv");
        byte[] whole = Files.readAllBytes(file);
        JsonNode manifest = JsonMapper.shared().readTree(folder.resolve("usage.manifest"));
        assertThat(new String(whole, StandardCharsets.UTF_8)).contains("req-dead", "dug-up", "house-1");
        assertThat(manifest.get("size").asLong()).isEqualTo(whole.length);
        // By the page's event, the one that was replayed and the one that was put right.
        assertThat(manifest.get("sums").toString())
                .isEqualTo("[{\"currency\":\"USD\",\"cost\":\"0.305\",\"list_cost\":\"0.305\"}]");
        assertThat(said).contains(manifest.get("rows").asString() + " rows", "cost 0.305 USD, list 0.305");

        // As a command leaves it that is ended in the middle of it.
        String id = manifest.get("export").asString();
        Files.delete(file);
        Files.write(folder.resolve("usage.csv.part"), Arrays.copyOf(whole, whole.length / 2));
        Files.writeString(folder.resolve("usage.csv.part.etag"), "\"" + id + "\"");
        run(export + " --resume");
        assertThat(file).hasBinaryContent(whole);
        assertThat(JsonMapper.shared()
                        .readTree(folder.resolve("usage.manifest"))
                        .get("export")
                        .asString())
                .as("the same export, taken up again")
                .isEqualTo(id);
        assertThat(folder.resolve("usage.csv.part")).doesNotExist();
    }

    @Test
    @Order(6)
    void theDoctorFindsNothingWrongWithARunningSystem() {
        Said said = execute("./tollgate doctor");
        assertThat(said.code()).as(said.toString()).isZero();
        assertThat(said.out())
                .contains("all " + Topics.ALL.size() + " are there", "schema version", "ready at")
                .contains("metering-streams lag", "billing-sink lag", "GiB free", "clock of the database")
                .contains("0 broken")
                .doesNotContain("\nbroken");
        Said elsewhere = execute("./tollgate doctor --json --kafka 127.0.0.1:1 --registry http://127.0.0.1:1"
                + " --postgres jdbc:postgresql://127.0.0.1:1/x --port-base 1");
        assertThat(elsewhere.code()).isEqualTo(1);
        assertThat(elsewhere.out()).contains("\"broken\" : 7", "nobody answers at 127.0.0.1:1");
    }

    /** 1,000 tokens of the page's own price. */
    private static Submission submission() {
        return Submission.newBuilder()
                .setCompany("acme")
                .setKind(SubmissionKind.USAGE)
                .setSource("search-service")
                .setId("req-dead")
                .setReceivedAt(0)
                .setUsage(Usage.newBuilder()
                        .setEventTime(ChronoUnit.MICROS.between(
                                Instant.EPOCH, Instant.now().plusSeconds(60)))
                        .setRequestId("req-dead")
                        .setProvider("acme-lab")
                        .setModel("house-1")
                        .setDimensions(List.of(new DimensionQuantity("input", Decimals.toAvro(Decimal.parse("1000")))))
                        .build())
                .build();
    }

    private static DeadLetter letter(byte[] original) {
        return DeadLetter.newBuilder()
                .setCode("internal_error")
                .setDetail("a bug that is mended since")
                .setOriginTopic(Topics.USAGE_INBOX.name())
                .setOriginPartition(0)
                .setOriginOffset(999_999)
                .setOriginTimestamp(0)
                .setCompany("acme")
                .setSource("search-service")
                .setId("req-dead")
                .setOriginal(ByteBuffer.wrap(original))
                .build();
    }

    private static void write(Topic topic, byte[] value) throws Exception {
        RecordSender.send(stack.endpoints(), topic, value);
    }

    private static String run(String line) {
        Said said = execute(line);
        assertThat(said.code()).as(line + ": " + said).isZero();
        return said.out();
    }

    /** In the folder, as a shell would. */
    private static Said execute(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        assertThat(words.remove(0)).isEqualTo("./tollgate");
        Stream<String> own = words.stream()
                .map(one -> one.matches("(acme\\.key|(event|fixed)\\.json|usage\\.(csv|manifest))")
                        ? folder.resolve(one).toString()
                        : one);
        return FakeGateway.execute(
                Stream.concat(own, Stream.of("--data", folder.toString())).toArray(String[]::new));
    }
}
