package io.tollgate.gateway;

import static io.tollgate.gateway.GatewayStack.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.Submission;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.gateway.rerating.Rows;
import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.SchemaRegistry;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * The gateway's side of a re-rating. The topology is played by the test: it says how far it is, and writes the
 * ledger.
 */
class ReratingsIT {
    private static final String TOPOLOGY = "tollgate-metering";

    private static GatewayStack stack;
    private static GatewayClient gateway;
    private static Admin kafka;

    @BeforeAll
    static void start(@TempDir Path folder) {
        stack = GatewayStack.start(folder);
        gateway = stack.client();
        kafka = Admin.create(Map.of("bootstrap.servers", stack.kafka()));
        gateway.admin("PUT", "companies/" + Rows.COMPANY, "{\"name\":\"Acme\"}");
    }

    @AfterAll
    static void stop() {
        kafka.close();
        stack.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"from\":\"2020-01-01T00:00:00Z\"}               | beyond_reach | /from     | beyond_reach",
                "{\"to\":\"2020-01-01T00:00:00Z\"}                 | beyond_reach | /to       | beyond_reach",
                "{\"from\":\"yesterday\"}                          | invalid      | /from     | invalid",
                "{\"from\":\"2020-01-01T00:00:00Z\",\"provider\":7}| invalid      | /provider | invalid",
                "{\"provider\":\" \"}                              | invalid      | /provider | invalid",
                "{\"only\":\"everything\"}                         | invalid      | /only     | invalid",
                "{\"dry_run\":\"yes\"}                             | invalid      | /dry_run  | invalid",
                "{\"modle\":\"gpt-4o\"}                            | invalid      | /modle    | unknown_member",
                "{\"company\":\"nobody\"}                          | invalid      | /company  | unknown_company",
                "[]                                                | invalid      | ''        | invalid",
            })
    void whatCanNotBeDoneIsRefusedWithAPointer(String body, String problem, String pointer, String code) {
        HttpResponse<String> answer = gateway.admin("POST", "reratings", body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(json(answer).path("code").asString()).isEqualTo(problem);
        assertThat(json(answer).path("errors")).as(answer.body()).anySatisfy(error -> assertThat(
                        error.path("pointer").asString() + " "
                                + error.path("code").asString())
                .isEqualTo(pointer + " " + code));
    }

    @Test
    void theEndMustBeAfterTheBeginning() {
        Instant now = Instant.now();
        HttpResponse<String> answer =
                gateway.admin("POST", "reratings", "{\"from\":\"" + now + "\",\"to\":\"" + now + "\"}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).at("/errors/0/pointer").asString()).isEqualTo("/to");
    }

    @Test
    void aJobWaitsForTheTopologyAndIsPausedResumedAndCancelled() {
        gateway.event(gateway.key(Rows.COMPANY, "ingest"), "not-rated-yet");
        HttpResponse<String> posted =
                gateway.admin("POST", "reratings", "{\"provider\":\"openai\",\"model\":\"*\",\"reason\":\"test\"}");
        assertThat(posted.statusCode()).as(posted.body()).isEqualTo(202);
        JsonNode job = json(posted);
        String path = "reratings/" + job.path("id").asString();
        assertThat(posted.headers().firstValue("location")).contains("/admin/v1/" + path);
        assertThat(job.path("model").isNull()).isTrue();
        assertThat(job.path("reason").asString()).isEqualTo("test");

        awaitStatus(path, "running");
        assertThat(get(path).path("phase").asString()).isEqualTo("waiting");
        assertThat(ids(gateway.admin("GET", "reratings?limit=1", "")))
                .containsExactly(job.path("id").asString());

        assertThat(gateway.admin("POST", path + "/pause", "", "if-match", "\"9\"")
                        .statusCode())
                .isEqualTo(412);
        assertThat(gateway.admin("POST", path + "/pause", "").statusCode()).isEqualTo(200);
        awaitStatus(path, "paused");
        assertThat(json(gateway.admin("POST", path + "/pause", ""))
                        .path("version")
                        .asLong())
                .isEqualTo(2);
        gateway.admin("POST", path + "/resume", "");
        awaitStatus(path, "running");
        assertThat(gateway.admin("DELETE", path, "").statusCode()).isEqualTo(204);
        awaitStatus(path, "cancelled");

        assertThat(gateway.admin("POST", path + "/cancel", "").statusCode()).isEqualTo(200);
        HttpResponse<String> late = gateway.admin("POST", path + "/resume", "");
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(json(late).path("code").asString()).isEqualTo("job_ended");
        assertThat(gateway.admin("GET", "reratings/none", "").statusCode()).isEqualTo(404);
        assertThat(gateway.admin("POST", "reratings/none/pause", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatCostsSomethingElseNowIsSubmittedAndTheJobIsDoneWhenTheTopologyHasDoneIt() throws Exception {
        String price =
                """
                [{"provider":"openai","model":"late","dimension":"input","unit_price":"0.5","currency":"USD",\
                "effective_from":"2026-01-01T00:00:00Z"}]""";
        RatedUsage before = rated("before", "late");
        before.setEventTime(before.getEventTime() - Duration.ofDays(2).toMillis() * 1_000);
        RatedUsage amended = rated("waits-2", "late");
        amended.setSequence(2);
        amended.setRevision(2);
        writeToTheLedger(before, rated("waits-1", "late"), amended, rated("other", "unheard-of"));
        assertThat(gateway.admin("POST", "prices", price).statusCode()).isEqualTo(201);
        theTopologyIsThrough();
        String asked = "\"model\":\"late\",\"from\":\"" + Instant.now().minus(1, ChronoUnit.DAYS) + "\"";

        String dry = id(gateway.admin("POST", "reratings", "{" + asked + ",\"dry_run\":true}"));
        awaitStatus("reratings/" + dry, "done");
        JsonNode found = get("reratings/" + dry);
        assertThat(found.path("events").asLong()).isEqualTo(2);
        assertThat(found.path("newly_priced").asLong()).isEqualTo(2);
        assertThat(found.path("rows_read").asLong()).isEqualTo(4);
        assertThat(found.at("/money/0/cost_change").asString()).isEqualTo("6");
        assertThat(reratings()).isEmpty();

        String job = id(gateway.admin("POST", "reratings", "{" + asked + "}"));
        await().until(() -> get("reratings/" + job).path("phase").asString().equals("settling"));
        assertThat(reratings())
                .hasSize(2)
                .allSatisfy(submission -> {
                    assertThat(submission.getCompany()).isEqualTo(Rows.COMPANY);
                    assertThat(submission.getReason()).isEqualTo("re-rated by " + job);
                    assertThat(submission.getCorrectionId()).isEqualTo(job);
                })
                .extracting(Submission::getId, Submission::getRow, Submission::getRevision)
                .containsExactlyInAnyOrder(tuple("waits-1", 0, 1), tuple("waits-2", 2, 2));
        assertThat(get("reratings/" + job).path("status").asString()).isEqualTo("running");
        theTopologyIsThrough();
        awaitStatus("reratings/" + job, "done");
        assertThat(get("reratings/" + job).path("money")).isEqualTo(found.path("money"));
    }

    private static RatedUsage rated(String id, String model) {
        RatedUsage row = Rows.rated(id, model, "6");
        row.setEventTime(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) - 60_000_000);
        return row;
    }

    private static List<Submission> reratings() {
        return stack.stored(Rows.COMPANY).stream()
                .filter(submission -> submission.getKind() == SubmissionKind.RERATE)
                .toList();
    }

    private static void writeToTheLedger(RatedUsage... rows) throws Exception {
        AvroCodec<RatedUsage> codec = AvroCodec.of(Topics.USAGE_RATED, new SchemaRegistry(stack.registry()));
        Map<String, Object> settings = Map.of("bootstrap.servers", stack.kafka());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (RatedUsage row : rows) {
                producer.send(new ProducerRecord<>(
                                Topics.USAGE_RATED.name(),
                                EventHash.of(row.getCompany(), row.getSource(), row.getId()),
                                codec.encode(row)))
                        .get();
            }
        }
    }

    /** The topology has committed up to the last record of what it reads, but not beyond a transaction's end. */
    private static void theTopologyIsThrough() throws Exception {
        Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
        for (Topic topic : List.of(Topics.USAGE_EVENTS, Topics.CONFIG_PRICES)) {
            stack.read(topic)
                    .forEach(record -> done.put(
                            new TopicPartition(record.topic(), record.partition()),
                            new OffsetAndMetadata(record.offset() + 1)));
        }
        kafka.alterConsumerGroupOffsets(TOPOLOGY, done).all().get();
    }

    private static void awaitStatus(String path, String status) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> get(path).path("status").asString().equals(status));
    }

    private static JsonNode get(String path) {
        return json(gateway.admin("GET", path, ""));
    }

    private static String id(HttpResponse<String> posted) {
        assertThat(posted.statusCode()).as(posted.body()).isEqualTo(202);
        return json(posted).path("id").asString();
    }

    private static List<String> ids(HttpResponse<String> list) {
        return StreamSupport.stream(json(list).path("items").spliterator(), false)
                .map(item -> item.path("id").asString())
                .toList();
    }
}
