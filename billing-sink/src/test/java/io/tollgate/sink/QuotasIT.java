package io.tollgate.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.AlertKind;
import io.tollgate.avro.AlertRule;
import io.tollgate.avro.Boost;
import io.tollgate.avro.Enforcement;
import io.tollgate.avro.ManualReset;
import io.tollgate.avro.Period;
import io.tollgate.avro.PeriodKind;
import io.tollgate.avro.Quota;
import io.tollgate.avro.QuotaReset;
import io.tollgate.avro.QuotaState;
import io.tollgate.avro.QuotaStatus;
import io.tollgate.avro.Scope;
import io.tollgate.schemas.CompositeKey;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** Quotas, how they stand, their resets, and alert rules, from a real broker to a real database. */
class QuotasIT {
    private static final SinkStack STACK = SinkStack.shared();
    private static final long START = Records.micros(Instant.parse("2026-11-01T00:00:00Z"));
    private static final long END = Records.micros(Instant.parse("2026-12-01T00:00:00Z"));
    private static ConfigurableApplicationContext sink;

    @BeforeAll
    static void start() {
        sink = STACK.startSink("quota_books");
        SinkHealthIndicator health = sink.getBean(SinkHealthIndicator.class);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> health.health().getStatus().equals(Status.UP));
    }

    @AfterAll
    static void stop() {
        sink.close();
    }

    private static String rows(String columns, String table, String where) {
        return "SELECT string_agg(concat_ws('|', " + columns + "), ',' ORDER BY quota, user_id) FROM quota_books."
                + table + " WHERE " + where;
    }

    private static QuotaState state(String company, @Nullable String user, long version, String used) {
        return QuotaState.newBuilder()
                .setQuota("q")
                .setCompany(company)
                .setUser(user)
                .setMetric("cost")
                .setCurrency("USD")
                .setUsed(Records.exact(used))
                .setLimit(Records.exact("12345678901234567890123456.123456789012"))
                .setRemaining(Records.exact("0.000000000000000000000001"))
                .setStatus(QuotaStatus.WARNING)
                .setWindowStart(START)
                .setWindowEnd(END)
                .setResetsAt(END)
                .setVersion(version)
                .setChangedAt(START + 1)
                .build();
    }

    private static void send(QuotaState state) {
        STACK.send(
                Topics.QUOTA_STATES, 1, key(state), STACK.codecs.quotaStates().encode(state));
    }

    private static byte[] key(QuotaState state) {
        return CompositeKey.of(state.getCompany(), state.getQuota(), state.getUser(), state.getKey());
    }

    @Test
    void aStateIsARowAndOnlyItsNewestVersion() {
        send(state("states", null, 7, "7"));
        send(state("states", "user-42", 8, "-0.0000025"));
        send(state("states", null, 9, "9"));
        STACK.flush();
        send(state("states", null, 6, "6"));
        send(state("marker", null, 1, "1"));
        STACK.awaitQuery(rows("used", "quota_states", "company = 'marker'"), "1");

        assertThat(STACK.query(rows(
                        "coalesce(user_id, '-'), used, version, status, quota_limit, remaining, currency, auth_id IS NULL,"
                                + " window_start = '2026-11-01Z', window_end = '2026-12-01Z', resets_at = window_end",
                        "quota_states",
                        "company = 'states'")))
                .isEqualTo("user-42|-0.0000025|8|warning|12345678901234567890123456.123456789012"
                        + "|0.000000000000000000000001|USD|t|t|t|t,-|9|9|warning"
                        + "|12345678901234567890123456.123456789012|0.000000000000000000000001|USD|t|t|t|t");
    }

    @Test
    void aTombstoneTakesTheStateAwayAndItMayComeAnew() {
        QuotaState state = state("gone", null, 7, "7");
        send(state);
        STACK.awaitQuery(rows("used", "quota_states", "company = 'gone'"), "7");
        STACK.send(Topics.QUOTA_STATES, 1, key(state), null);
        STACK.awaitQuery(rows("used", "quota_states", "company = 'gone'"), "null");
        send(state("gone", null, 3, "3"));
        STACK.awaitQuery(rows("used", "quota_states", "company = 'gone'"), "3");
        send(state("gone", null, 10, "10"));
        STACK.send(Topics.QUOTA_STATES, 1, key(state), null);
        send(state("gone", null, 4, "4"));

        STACK.awaitQuery(rows("used", "quota_states", "company = 'gone'"), "4");
    }

    @Test
    void aResetIsWrittenOnceAndCorrectedByALaterVersion() {
        QuotaReset reset = QuotaReset.newBuilder()
                .setQuota("q")
                .setCompany("resets")
                .setMetric("tokens")
                .setWindowStart(START)
                .setWindowEnd(END)
                .setUsed(Records.exact("900"))
                .setLimit(Records.exact("1000"))
                .setVersion(5)
                .setAt(END)
                .build();
        byte[] key = CompositeKey.of("resets", "q", null, null, Long.toString(START), "0");
        STACK.send(Topics.QUOTA_RESETS, 2, key, STACK.codecs.quotaResets().encode(reset));
        STACK.awaitQuery(rows("number, used, quota_limit, late", "quota_resets", "company = 'resets'"), "0|900|1000|f");
        QuotaReset late = QuotaReset.newBuilder(reset)
                .setUsed(Records.exact("901.5"))
                .setLate(true)
                .setVersion(6)
                .build();
        STACK.send(Topics.QUOTA_RESETS, 2, key, STACK.codecs.quotaResets().encode(late));
        STACK.send(Topics.QUOTA_RESETS, 2, key, STACK.codecs.quotaResets().encode(reset));
        byte[] manual = CompositeKey.of("resets", "q", "u", null, Long.toString(START), "2");
        STACK.send(
                Topics.QUOTA_RESETS,
                2,
                manual,
                STACK.codecs
                        .quotaResets()
                        .encode(QuotaReset.newBuilder(reset)
                                .setUser("u")
                                .setNumber(2)
                                .setReason("a gift")
                                .build()));

        STACK.awaitQuery(
                rows(
                        "coalesce(user_id, '-'), number, reason, used, late, version",
                        "quota_resets",
                        "company = 'resets'"),
                "u|2|a gift|900|f|5,-|0|901.5|t|6");
    }

    /** As the admin API writes a change: into every partition. */
    private static void config(Topic topic, String id, byte @Nullable [] value) {
        for (int partition = 3; partition >= 0; partition--) {
            STACK.send(topic, partition, id.getBytes(StandardCharsets.UTF_8), value);
        }
    }

    @Test
    void quotasAreTheTopicsAsItStands() {
        Quota quota = Quota.newBuilder()
                .setId("acme-month")
                .setScope(new Scope("acme", "*", null, "openai", "gpt-4*"))
                .setMetric("cost")
                .setCurrency("USD")
                .setLimit(Records.exact("500"))
                .setPeriod(new Period(PeriodKind.EVERY, 2_592_000L, START))
                .setTimezone("Europe/Berlin")
                .setEnforcement(Enforcement.HARD)
                .setThresholds(List.of(Records.exact("50"), Records.exact("99.5")))
                .setBoost(new Boost(Records.exact("700"), END))
                .setResets(List.of(ManualReset.newBuilder()
                        .setNumber(1)
                        .setUser("u")
                        .setReason("said \"please\"")
                        .setAt(START)
                        .build()))
                .setVersion(3)
                .setCreatedAt(START)
                .setUpdatedAt(END)
                .build();
        config(Topics.CONFIG_QUOTAS, "acme-month", STACK.codecs.quotas().encode(quota));
        Quota minutes = Quota.newBuilder(quota)
                .setId("minutes")
                .setPeriod(new Period(PeriodKind.MINUTE, 0L, 0L))
                .setBoost(null)
                .setResets(List.of())
                .setThresholds(List.of())
                .build();
        config(Topics.CONFIG_QUOTAS, "minutes", STACK.codecs.quotas().encode(minutes));
        String row = "SELECT concat_ws('|', company, user_id, auth_id IS NULL, provider, model, metric, currency,"
                + " quota_limit, period, period_seconds, period_anchor = '2026-11-01Z', timezone, enforcement, thresholds,"
                + " boost_limit, boost_until = '2026-12-01Z', resets, version) FROM quota_books.quotas WHERE id = ";
        STACK.awaitQuery(
                row + "'acme-month'",
                "acme|*|t|openai|gpt-4*|cost|USD|500|every|2592000|t|Europe/Berlin|hard|{50,99.5}|700|t|"
                        + "[{\"at\": \"2026-11-01T00:00:00Z\", \"user\": \"u\", \"number\": 1, \"reason\": \"said \\\"please\\\"\"}]|3");
        STACK.awaitQuery(row + "'minutes'", "acme|*|t|openai|gpt-4*|cost|USD|500|minute|Europe/Berlin|hard|{}|[]|3");

        config(
                Topics.CONFIG_QUOTAS,
                "minutes",
                STACK.codecs
                        .quotas()
                        .encode(Quota.newBuilder(minutes)
                                .setPeriod(null)
                                .setMetric("concurrent")
                                .setVersion(4)
                                .build()));
        config(Topics.CONFIG_QUOTAS, "acme-month", null);
        STACK.awaitQuery("SELECT metric || version || (period IS NULL) FROM quota_books.quotas", "concurrent4true");
        // From other partitions nothing is taken.
        STACK.send(
                Topics.CONFIG_QUOTAS,
                1,
                "stray".getBytes(StandardCharsets.UTF_8),
                STACK.codecs.quotas().encode(quota));
        config(Topics.CONFIG_QUOTAS, "minutes", null);
        STACK.awaitQuery("SELECT count(*) FROM quota_books.quotas", "0");
    }

    @Test
    void alertRulesAreTheTopicsAsItStands() {
        AlertRule rule = AlertRule.newBuilder()
                .setId("spike")
                .setScope(new Scope("*", null, "key_1", null, null))
                .setKind(AlertKind.SPIKE)
                .setThresholds(List.of(Records.exact("2.5")))
                .setWindow(new Period(PeriodKind.ROLLING, 3_600L, 0L))
                .setCurrency("EUR")
                .setMinimum(Records.exact("0.5"))
                .setBaselineWindows(24)
                .setWebhooks(List.of("ops", "a \"b\", c"))
                .setVersion(1)
                .setCreatedAt(START)
                .setUpdatedAt(START)
                .build();
        config(Topics.CONFIG_ALERTS, "spike", STACK.codecs.alertRules().encode(rule));
        STACK.awaitQuery(
                "SELECT concat_ws('|', company, user_id IS NULL, auth_id, kind, quota IS NULL, thresholds, period,"
                        + " period_seconds, period_anchor IS NULL, timezone, currency, minimum, baseline_windows,"
                        + " webhooks[2], cardinality(webhooks), enabled, version) FROM quota_books.alert_rules",
                "*|t|key_1|spike|t|{2.5}|rolling|3600|t|UTC|EUR|0.5|24|a \"b\", c|2|t|1");
        config(Topics.CONFIG_ALERTS, "spike", null);
        STACK.awaitQuery("SELECT count(*) FROM quota_books.alert_rules", "0");
    }
}
