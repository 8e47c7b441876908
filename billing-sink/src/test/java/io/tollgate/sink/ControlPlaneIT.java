package io.tollgate.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.tollgate.avro.Actor;
import io.tollgate.avro.ActorKind;
import io.tollgate.avro.Admin;
import io.tollgate.avro.AdminRole;
import io.tollgate.avro.ApiKey;
import io.tollgate.avro.AuditEntry;
import io.tollgate.avro.ClosedPeriod;
import io.tollgate.avro.Company;
import io.tollgate.avro.ModelName;
import io.tollgate.avro.OldSecret;
import io.tollgate.avro.PriceItem;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.avro.Reservation;
import io.tollgate.avro.Submission;
import io.tollgate.avro.User;
import io.tollgate.schemas.CompositeKey;
import io.tollgate.schemas.PriceKey;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.sink.migration.Migrations;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** What is configured, who changed it and what keys did, from a real broker to a real database. */
class ControlPlaneIT {
    private static final SinkStack STACK = SinkStack.shared();
    private static final long START = Records.micros(Instant.parse("2026-11-01T00:00:00Z"));
    private static final long END = Records.micros(Instant.parse("2026-12-01T00:00:00Z"));
    private static ConfigurableApplicationContext sink;

    @BeforeAll
    static void start() {
        sink = STACK.startSink("control");
        awaitReady(sink);
    }

    private static void awaitReady(ConfigurableApplicationContext sink) {
        SinkHealthIndicator health = sink.getBean(SinkHealthIndicator.class);
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(health.health())
                .returns(Status.UP, Health::getStatus));
    }

    @AfterAll
    static void stop() {
        sink.close();
    }

    private static byte[] id(String id) {
        return id.getBytes(StandardCharsets.UTF_8);
    }

    private static void await(String query, String expected) {
        STACK.awaitQuery(query, expected);
    }

    private static String row(String columns, String table, String where) {
        return "SELECT concat_ws('|', " + columns + ") FROM control." + table + " WHERE " + where;
    }

    @Test
    void companiesAndUsersAreTheTopicsAsTheyStand() {
        Company company = new Company("acme", "Acme", "USD", "Europe/Berlin", Map.of("a \"b\"", "c"), 1L, START, END);
        STACK.send(Topics.CONFIG_COMPANIES, id("acme"), STACK.codecs.companies().encode(company));
        String companies = row(
                "name, currency, timezone, labels, version, created_at = '2026-11-01Z', updated_at = '2026-12-01Z'",
                "companies",
                "id = 'acme'");
        await(companies, "Acme|USD|Europe/Berlin|{\"a \\\"b\\\"\": \"c\"}|1|t|t");

        User user = new User("acme", "user-42", true, Map.of("team", "search"), 1L, START, END);
        byte[] key = CompositeKey.of("acme", "user-42");
        STACK.send(Topics.CONFIG_USERS, key, STACK.codecs.users().encode(user));
        STACK.send(
                Topics.CONFIG_USERS,
                key,
                STACK.codecs
                        .users()
                        .encode(User.newBuilder(user)
                                .setBlocked(false)
                                .setVersion(2)
                                .build()));
        String users = row("user_id, blocked, labels, version", "users", "company = 'acme'");
        await(users, "user-42|f|{\"team\": \"search\"}|2");

        STACK.send(Topics.CONFIG_USERS, key, null);
        STACK.send(Topics.CONFIG_COMPANIES, id("acme"), null);
        await("SELECT count(*) FROM control.users WHERE company = 'acme'", "0");
        await("SELECT count(*) FROM control.companies WHERE id = 'acme'", "0");
    }

    @Test
    void anAdministratorIsThereWithoutWhatATokenIsCheckedBy() {
        Admin admin = Admin.newBuilder()
                .setId("mia")
                .setName("Mia")
                .setRole(AdminRole.OPERATOR)
                .setPrefix("tga_1234")
                .setSecretSha256(ByteBuffer.wrap(new byte[32]))
                .setExpiresAt(END)
                .setVersion(3)
                .setCreatedAt(START)
                .setUpdatedAt(START)
                .build();
        STACK.send(Topics.CONFIG_ADMINS, id("mia"), STACK.codecs.admins().encode(admin));
        await(
                row("name, role, prefix, expires_at = '2026-12-01Z', version", "admins", "id = 'mia'"),
                "Mia|operator|tga_1234|t|3");
        assertThat(STACK.query("SELECT count(*) FROM information_schema.columns WHERE table_schema = 'control'"
                        + " AND table_name = 'admins' AND column_name LIKE '%sha%'"))
                .isEqualTo("0");
        STACK.send(Topics.CONFIG_ADMINS, id("mia"), null);
        await("SELECT count(*) FROM control.admins WHERE id = 'mia'", "0");
    }

    @Test
    void aClosedMonthIsThereByItsFirstDay() {
        ClosedPeriod october = new ClosedPeriod("2026-10", List.of(12L, 0L), "topic-id", START, 1L);
        STACK.send(Topics.CONFIG_PERIODS, id("2026-10"), STACK.codecs.periods().encode(october));
        await(
                row(
                        "month, end_offsets, end_offsets[1], events_topic_id, closed_at = '2026-11-01Z', version",
                        "billing_periods",
                        "month = '2026-10-01'"),
                "2026-10-01|{12,0}|12|topic-id|t|1");
    }

    private static ApiKey key(String id) {
        return ApiKey.newBuilder()
                .setId(id)
                .setCompany("keys")
                .setName("search prod")
                .setPrefix("tg_a1b2c")
                .setSecretSha256(ByteBuffer.wrap(new byte[] {0, (byte) 0xff}))
                .setOldSecrets(List.of(new OldSecret(ByteBuffer.wrap(new byte[1]), END)))
                .setScopes(List.of("ingest", "read"))
                .setModels(List.of("gpt-*", "a, \"b\""))
                .setLabels(Map.of("team", "search"))
                .setMetadata(Map.of("ticket", "1"))
                .setVersion(1)
                .setCreatedAt(START)
                .setUpdatedAt(START)
                .build();
    }

    private static void sendKey(ApiKey key) {
        STACK.send(Topics.CONFIG_KEYS, id(key.getId()), STACK.codecs.keys().encode(key));
    }

    private static void used(@Nullable String authId, int partition) {
        Submission submission = Submission.newBuilder(Records.submission("keys", "req"))
                .setAuthId(authId)
                .build();
        STACK.send(
                Topics.USAGE_EVENTS,
                partition,
                new byte[16],
                STACK.codecs.events().encode(submission));
    }

    private static void admitted(@Nullable String authId, boolean released) {
        Reservation reservation = Reservation.newBuilder()
                .setId("rsv_1")
                .setCompany("keys")
                .setGateway("g")
                .setReleased(released)
                .setAuthId(authId)
                .setHolds(List.of())
                .setGrantedAt(START)
                .setExpiresAt(END)
                .build();
        STACK.send(
                Topics.QUOTA_RESERVATIONS,
                id("keys"),
                STACK.codecs.reservations().encode(reservation));
    }

    @Test
    void aKeyIsShownBesideWhatItDid() {
        sendKey(key("key_1"));
        String whole = row(
                "company, user_id IS NULL, name, prefix, secret_sha256, cardinality(old_secrets_taken_to),"
                        + " old_secrets_taken_to[1] = '2026-12-01Z', scopes, models[2], labels, metadata, expires_at IS NULL,"
                        + " blocked, revoked_at IS NULL, version, last_used_at IS NULL, usage_count",
                "api_keys",
                "id = 'key_1'");
        await(
                whole,
                "keys|t|search prod|tg_a1b2c|\\x00ff|1|t|{ingest,read}|a, \"b\"|{\"team\": \"search\"}|{\"ticket\": \"1\"}"
                        + "|t|f|t|1|t|0");

        used("key_1", 0);
        used("key_1", 1);
        used("key_1", 1);
        used("key_other", 1);
        used(null, 1);
        admitted("key_1", false);
        // Given back, and nobody's: no uses.
        admitted("key_1", true);
        admitted(null, false);
        admitted("key_other", false);
        String uses = row("usage_count, last_used_at > now() - interval '1 hour'", "api_keys", "id = 'key_1'");
        await(uses, "4|t");
        await("SELECT sum(uses) FROM control.api_key_uses WHERE auth_id = 'key_other'", "2");

        // A change of the key leaves its count alone, and so does its end.
        sendKey(ApiKey.newBuilder(key("key_1")).setRevokedAt(END).setVersion(2).build());
        await(row("revoked_at = '2026-12-01Z', usage_count", "api_keys", "id = 'key_1'"), "t|4");
        STACK.send(Topics.CONFIG_KEYS, id("key_1"), null);
        await("SELECT count(*) FROM control.api_keys WHERE id = 'key_1'", "0");
        sendKey(key("key_1"));
        await(uses, "4|t");
    }

    private static PriceItem price(String id, String unitPrice) {
        return PriceItem.newBuilder()
                .setId(id)
                .setDimension("input")
                .setUnit("token")
                .setUnitPrice(Records.exact(unitPrice))
                .setCurrency("USD")
                .setTierFrom(Records.exact("0"))
                .setEffectiveFrom(START)
                .setRecordedAt(START)
                .build();
    }

    private static PriceTimeline timeline(@Nullable String company, String model, long version, PriceItem... items) {
        return PriceTimeline.newBuilder()
                .setCompany(company)
                .setProvider("openai")
                .setModel(model)
                .setVersion(version)
                .setChangedAt(START)
                .setItems(List.of(items))
                .build();
    }

    /** As the admin API writes a change: into every partition. */
    private static void send(PriceTimeline timeline) {
        inEveryPartition(PriceKey.of(timeline), STACK.codecs.prices().encode(timeline));
    }

    private static void inEveryPartition(byte[] key, byte @Nullable [] value) {
        for (int partition = 3; partition >= 0; partition--) {
            STACK.send(Topics.CONFIG_PRICES, partition, key, value);
        }
    }

    @Test
    void eachPriceItemIsARowAndAChangeWritesItsModelsRowsAnew() {
        PriceItem markup = PriceItem.newBuilder(price("p2", "1"))
                .setDimension("*token")
                .setUnit(null)
                .setUnitPrice(null)
                .setMultiplier(Records.exact("1.1"))
                .setWhen(Map.of("region", "eu"))
                .setEffectiveTo(END)
                .setTierFrom(Records.exact("200000"))
                .setTierInclusive(true)
                .setTimeWindowUtc("16:30-00:30")
                .build();
        send(timeline(null, "gpt-a", 1, price("p1", "0.000000000000000000000001")));
        send(timeline("acme", "gpt-a", 2, price("p9", "5")));
        send(timeline(null, "gpt-a", 3, price("p1", "0.000000000000000000000001"), markup));
        String items = "SELECT string_agg(concat_ws('|', position, id, company, provider, dimension, unit, unit_price,"
                + " multiplier, conditions, tier_from, tier_inclusive, tier_basis, service_tier, time_window_utc,"
                + " effective_to IS NULL, version), ' ' ORDER BY company NULLS FIRST, position) FROM control.price_items"
                + " WHERE model = 'gpt-a'";
        String expected = "0|p1|openai|input|token|0.000000000000000000000001|{}|0|f|input_tokens|standard|t|3"
                + " 1|p2|openai|*token|1.1|{\"region\": \"eu\"}|200000|t|input_tokens|standard|16:30-00:30|f|3"
                + " 0|p9|acme|openai|input|token|5|{}|0|f|input_tokens|standard|t|2";
        await(items, expected);

        // An older version that is written again changes nothing.
        send(timeline(null, "gpt-a", 2, price("p0", "7")));
        PriceItem alias = PriceItem.newBuilder(price("p5", "1"))
                .setUnitPrice(null)
                .setAliasOf(new ModelName("azure", "gpt-b"))
                .build();
        send(timeline(null, "alias", 4, alias));
        await(row("alias_provider, alias_model", "price_items", "model = 'alias'"), "azure|gpt-b");
        assertThat(STACK.query(items)).isEqualTo(expected);

        inEveryPartition(PriceKey.of(null, "openai", "gpt-a"), null);
        await("SELECT string_agg(id, ',') FROM control.price_items WHERE model = 'gpt-a'", "p9");
    }

    @Test
    void theAuditHoldsWhoDidWhatAndNothingChangesIt() {
        AuditEntry entry = AuditEntry.newBuilder()
                .setVersion(7)
                .setPosition(1)
                .setAt(START)
                .setActor(Actor.newBuilder()
                        .setKind(ActorKind.ADMIN)
                        .setId("mia")
                        .setAddress("10.0.0.1")
                        .setRequestId("req_1")
                        .build())
                .setAction("replaced")
                .setKind("company")
                .setId("acme")
                .setCompany("acme")
                .setBefore("{\"name\":\"A\"}")
                .setAfter("{\"name\":\"Acme\"}")
                .build();
        sendAudit(entry);
        sendAudit(AuditEntry.newBuilder(entry)
                .setPosition(2)
                .setActor(Actor.newBuilder().setKind(ActorKind.TOKEN).build())
                .setBefore(null)
                .build());
        // The same once more, as it would be after a topic was made anew from a copy.
        sendAudit(AuditEntry.newBuilder(entry).setAfter("{}").build());
        await(
                "SELECT string_agg(concat_ws('|', version, position, at = '2026-11-01Z', actor_kind, actor_id, address,"
                        + " request_id, action, kind, entity_id, company, before, after), ' ' ORDER BY position)"
                        + " FROM control.audit_logs",
                "7|1|t|admin|mia|10.0.0.1|req_1|replaced|company|acme|acme|{\"name\": \"A\"}|{\"name\": \"Acme\"}"
                        + " 7|2|t|token|replaced|company|acme|acme|{\"name\": \"Acme\"}");
    }

    private static void sendAudit(AuditEntry entry) {
        STACK.send(
                Topics.AUDIT_LOG,
                id(entry.getKind() + "/" + entry.getId()),
                STACK.codecs.audit().encode(entry));
    }

    /** From whatever the other tests of this class have left in the topics. */
    @Test
    void aSinkThatMayNotMigrateWaitsForItsSchemaAndThenMakesTheSameTablesFromTheTopics() {
        send(timeline(null, "rebuilt", 9, price("r1", "1"), price("r2", "2")));
        sendKey(key("key_rebuilt"));
        used("key_rebuilt", 2);
        admitted("key_rebuilt", false);
        await(row("usage_count", "api_keys", "id = 'key_rebuilt'"), "2");
        await("SELECT count(*) FROM control.price_items WHERE model = 'rebuilt'", "2");
        try (ConfigurableApplicationContext again = STACK.startOwner("control_again", "--tollgate.migrate=false");
                HikariDataSource owner = STACK.owner("control_again")) {
            SinkHealthIndicator health = again.getBean(SinkHealthIndicator.class);
            Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                            health.health().getDetails())
                    .hasEntrySatisfying("sink", said -> assertThat(said.toString())
                            .startsWith("waits: the schema control_again is at version 0 and this program needs")
                            .contains("./tollgate db migrate")));
            new Migrations(owner, "control_again").migrate();
            awaitReady(again);
            for (Topic topic : List.of(
                    Topics.CONFIG_COMPANIES,
                    Topics.CONFIG_USERS,
                    Topics.CONFIG_KEYS,
                    Topics.CONFIG_PRICES,
                    Topics.CONFIG_ADMINS,
                    Topics.CONFIG_PERIODS,
                    Topics.AUDIT_LOG,
                    Topics.QUOTA_RESERVATIONS,
                    Topics.USAGE_EVENTS)) {
                String progress = "SELECT string_agg(partition || ':' || next_offset, ' ' ORDER BY partition) FROM %s"
                        + ".sink_progress WHERE topic = '" + topic.name() + "'";
                await(progress.formatted("control_again"), STACK.query(progress.formatted("control")));
            }
            for (String table : List.of(
                    "companies",
                    "users",
                    "api_keys",
                    "api_key_uses",
                    "price_items",
                    "admins",
                    "billing_periods",
                    "audit_logs")) {
                String rows =
                        "SELECT coalesce(string_agg(r::text, E'\\n' ORDER BY r::text), '') FROM %s." + table + " r";
                assertThat(STACK.query(rows.formatted("control_again")))
                        .as(table)
                        .isEqualTo(STACK.query(rows.formatted("control")));
            }
        }
    }
}
