package io.tollgate.standalone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.standalone.doctor.Finding.Level;
import io.tollgate.standalone.doctor.KafkaFacts.TopicFacts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the doctor says of what was found; nothing is asked here. */
class DoctorChecksTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final TopicPartition EVENTS = new TopicPartition("usage.events", 0);

    private final Map<String, TopicFacts> topics = new HashMap<>();
    private int brokers = 1;
    private int members = 1;
    private long committed = 100;
    private @Nullable Instant newest = NOW;

    DoctorChecksTest() {
        for (Topic topic : Topics.ALL) {
            topics.put(topic.name(), asItShouldBe(topic, 1));
        }
    }

    @Test
    void allIsWell() {
        assertThat(List.of(
                        KafkaChecks.broker(facts()),
                        KafkaChecks.topics(facts()),
                        KafkaChecks.clock(facts(), NOW),
                        KafkaChecks.metering(facts()),
                        KafkaChecks.sink(facts(), Map.of(EVENTS, 100L))))
                .allSatisfy(finding -> {
                    assertThat(finding.level()).as(finding.toString()).isEqualTo(Level.OK);
                    assertThat(finding.advice()).isEmpty();
                });
    }

    @Test
    void aBrokerThatIsNotThereIsNamedWithWhatToDo() {
        says(KafkaChecks.unreachable("b:9092", "no answer"), Level.BROKEN, "b:9092", "./tollgate up", "--kafka");
    }

    @Test
    void severalBrokersWithSingleCopiesAreNotSafe() {
        brokers = 3;
        says(KafkaChecks.broker(facts()), Level.WARN, "3 brokers", "1 copies", "tollgate.replication=3");
        topics.replaceAll((name, facts) -> new TopicFacts(4, 3, 0, 0, facts.settings()));
        assertThat(KafkaChecks.broker(facts()).level()).isEqualTo(Level.OK);
    }

    @Test
    void topicsThatAreMissingThinWrongOrBehindAreNamed() {
        topics.remove("usage.rated");
        says(KafkaChecks.topics(facts()), Level.BROKEN, "1 of " + Topics.ALL.size(), "usage.rated");

        topics.put("usage.rated", changed(Topics.USAGE_RATED, 4, 0, 1, Map.of()));
        says(KafkaChecks.topics(facts()), Level.BROKEN, "in sync for an ack: usage.rated", "503");

        topics.put("usage.rated", changed(Topics.USAGE_RATED, 3, 0, 0, Map.of()));
        says(KafkaChecks.topics(facts()), Level.BROKEN, "usage.rated has 3 partitions in place of 4");

        topics.put("usage.rated", changed(Topics.USAGE_RATED, 4, 0, 0, Map.of("retention.ms", "1")));
        says(KafkaChecks.topics(facts()), Level.BROKEN, "usage.rated retention.ms=1 in place of", "restart");

        topics.put("usage.rated", changed(Topics.USAGE_RATED, 4, 1, 0, Map.of("min.insync.replicas", "2")));
        says(KafkaChecks.topics(facts()), Level.WARN, "behind: usage.rated");
    }

    @Test
    void whoDoesNotRateOrIsFarBehindIsNamed() {
        members = 0;
        says(KafkaChecks.metering(facts()), Level.BROKEN, "nobody rates", "start metering-streams");
        members = 1;
        committed = 100 - KafkaChecks.MUCH - 1;
        says(KafkaChecks.metering(facts()), Level.WARN, "100001 records behind, most in usage.events-0");
        says(
                KafkaChecks.sink(facts(), Map.of(EVENTS, -KafkaChecks.MUCH)),
                Level.WARN,
                "100100 records behind",
                "PostgreSQL");
    }

    @Test
    void clocksThatDifferAreNamed() {
        newest = NOW.plusSeconds(60);
        says(KafkaChecks.clock(facts(), NOW), Level.WARN, "60 s in the future", "NTP");
        newest = null;
        assertThat(KafkaChecks.clock(facts(), NOW).level()).isEqualTo(Level.OK);
        Instant before = NOW.minusMillis(10);
        says(Services.clock("x", NOW.minusSeconds(30), before, NOW), Level.WARN, "29 s behind", "NTP");
        says(Services.clock("x", NOW.plusSeconds(30), before, NOW), Level.WARN, "30 s ahead of");
        assertThat(Services.clock("x", NOW, before, NOW).level()).isEqualTo(Level.OK);
        assertThat(Services.clock("x", NOW.plusSeconds(5), before, NOW).level()).isEqualTo(Level.OK);
    }

    @Test
    void schemasThatCanNotBeReadAreNamed() {
        Map<Topic, Schema> newest = new HashMap<>();
        Topics.ALL.forEach(topic -> newest.put(topic, topic.value()));
        assertThat(Schemas.check(newest).level()).isEqualTo(Level.OK);
        newest.remove(Topics.AUDIT_LOG);
        says(Schemas.check(newest), Level.WARN, "1 are not registered", "when it starts");
        newest.put(
                Topics.AUDIT_LOG,
                SchemaBuilder.record("AuditEntry")
                        .namespace("io.tollgate.avro")
                        .fields()
                        .requiredString("another")
                        .endRecord());
        says(Schemas.check(newest), Level.BROKEN, "can't read what is written to audit.log", "as new as");
        Schema more = new Schema.Parser()
                .parse(Topics.AUDIT_LOG
                        .value()
                        .toString()
                        .replaceFirst("\"fields\":\\[", "\"fields\":[{\"name\":\"new\",\"type\":\"string\"},"));
        newest.put(Topics.AUDIT_LOG, more);
        says(Schemas.check(newest), Level.WARN, "audit.log", "readers up to date before writers");
        says(Schemas.unreachable("http://r", "refused"), Level.BROKEN, "http://r", "--registry");
    }

    @Test
    void aDatabaseThatIsAwayEmptyOrOldIsNamed() {
        says(Books.unreachable("PostgreSQL", "refused"), Level.BROKEN, "refused", "--postgres", "DATABASE_URL");
        says(Books.check(books(0, 2)), Level.BROKEN, "no tables of ours", "db migrate");
        says(Books.check(books(1, 1)), Level.BROKEN, "schema version 1, 1 migrations to come", "db migrate");
        assertThat(Books.check(books(2, 0)).level()).isEqualTo(Level.OK);
    }

    @Test
    void aServiceThatIsAwayOrNotReadyIsNamed() {
        says(Services.check(service(0, "refused")), Level.BROKEN, "http://127.0.0.1:8081", "refused", "start it");
        says(Services.check(service(503, "{\"status\":\"DOWN\"}")), Level.BROKEN, "not ready", "DOWN");
        assertThat(Services.check(service(200, "")).level()).isEqualTo(Level.OK);
    }

    @Test
    void aFullDiskAndBusyPortsAreNamed() {
        Path folder = Path.of(".tollgate");
        says(Machine.disk(folder, 1L << 29), Level.BROKEN, "0.5 GiB free", ".tollgate", "make room");
        says(Machine.disk(folder, 3L << 30), Level.WARN, "3.0 GiB");
        assertThat(Machine.disk(folder, 6L << 30).level()).isEqualTo(Level.OK);
        says(Machine.ports(8080, List.of(8083)), Level.WARN, "[8083] of 8080 to 8086", "--port-base");
        assertThat(Machine.ports(8080, List.of()).level()).isEqualTo(Level.OK);
    }

    private KafkaFacts facts() {
        return new KafkaFacts(
                "cluster", brokers, 29, topics, Map.of(EVENTS, 100L), Map.of(EVENTS, committed), members, newest);
    }

    private static TopicFacts asItShouldBe(Topic topic, int replication) {
        return new TopicFacts(topic.partitions(4), replication, 0, 0, topic.settings((short) replication));
    }

    private static TopicFacts changed(Topic topic, int partitions, int behind, int thin, Map<String, String> changes) {
        Map<String, String> settings = new HashMap<>(topic.settings((short) 1));
        settings.putAll(changes);
        return new TopicFacts(partitions, 1, behind, thin, settings);
    }

    private static Books.Facts books(int version, int pending) {
        return new Books.Facts("PostgreSQL 18", version, pending, Map.of(), NOW, Duration.ofMillis(1));
    }

    private static Services.Facts service(int status, String said) {
        return new Services.Facts("metering-streams", URI.create("http://127.0.0.1:8081"), status, said, null);
    }

    private static void says(Finding finding, Level level, String... words) {
        assertThat(finding.level()).as(finding.toString()).isEqualTo(level);
        assertThat(finding.detail() + " → " + finding.advice()).contains(words);
        assertThat(finding.advice()).isNotEmpty();
    }
}
