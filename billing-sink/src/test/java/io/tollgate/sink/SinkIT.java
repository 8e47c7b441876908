package io.tollgate.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.DeadLetter;
import io.tollgate.avro.Granularity;
import io.tollgate.avro.OutcomeKind;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.RowKind;
import io.tollgate.avro.UsageStats;
import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.StatsKey;
import io.tollgate.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** What each topic's records become, from a real broker to a real database. Each test has companies of its own. */
class SinkIT {
    private static final SinkStack STACK = SinkStack.shared();
    private static ConfigurableApplicationContext sink;

    @BeforeAll
    static void start() {
        sink = STACK.startSink("tollgate");
        SinkHealthIndicator health = sink.getBean(SinkHealthIndicator.class);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> health.health().getStatus().equals(Status.UP));
    }

    @AfterAll
    static void stop() {
        sink.close();
    }

    private static byte[] hash(RatedUsage rated) {
        return EventHash.of(rated.getCompany(), rated.getSource(), rated.getId());
    }

    private static void send(RatedUsage rated) {
        STACK.send(Topics.USAGE_RATED, hash(rated), STACK.codecs.rated().encode(rated));
    }

    private static String ledger(String columns, String company) {
        return "SELECT " + columns + " FROM tollgate.cost_calculations WHERE company = '" + company + "'";
    }

    @Test
    void amountsLandToTheLastDigit() {
        List<String> costs = List.of(
                "12345678901234567890123456.123456789012",
                "99999999999999999999999999999999999999",
                "0.000000000000000000000001",
                "-0.0000025",
                "9223372036854775807",
                "0");
        for (String cost : costs) {
            send(Records.rated("exact", "req" + cost, cost));
        }
        STACK.awaitQuery(ledger("count(*)", "exact"), "6");

        for (String cost : costs) {
            assertThat(STACK.query(ledger(
                                    "cost = " + cost + "::numeric AND list_cost = " + cost
                                            + "::numeric AND (lines -> 0 ->> 'cost')::numeric = " + cost + "::numeric",
                                    "exact")
                            + " AND event_id = 'req" + cost + "'"))
                    .as(cost)
                    .isEqualTo("t");
        }
    }

    @Test
    void everyFieldOfARowIsInItsColumn() {
        String nasty = "tab\t newline\n backslash\\ \\N quote\" ' é漢😀";
        RatedUsage rated = RatedUsage.newBuilder(Records.rated("fields", "req-1", "0.0036"))
                .setSequence(2)
                .setKind(RowKind.REPLACEMENT)
                .setCorrects(1)
                .setReason(nasty)
                .setRequestId(nasty)
                .setLabels(Map.of(nasty, nasty))
                .setRegion(null)
                .setStatus(null)
                .setBillable(false)
                .setOverQuotas(List.of("acme-month", nasty, "NULL"))
                .build();
        send(rated);
        STACK.awaitQuery(ledger("count(*)", "fields"), "1");

        assertThat(STACK.query(ledger(
                        "concat_ws('|', event_hash, sequence, kind, cause, corrects, state, requests, provider, model,"
                                + " user_id, region IS NULL, status IS NULL, billable, tokens, currency, price_version,"
                                + " latency_ms, reduced, tableoid::regclass)",
                        "fields")))
                .startsWith(
                        uuid(hash(rated)) + "|2|replacement|usage|1|rated|1|anthropic|claude-sonnet-4-5|user-42|t|t|f"
                                + "|1200|USD|3|812|f|cost_calculations_p");
        assertThat(STACK.query(ledger("reason", "fields"))).isEqualTo(nasty);
        assertThat(STACK.query(ledger("request_id", "fields"))).isEqualTo(nasty);
        assertThat(STACK.query(ledger("(SELECT key FROM jsonb_each_text(labels))", "fields")))
                .isEqualTo(nasty);
        assertThat(STACK.query(ledger("over_quotas[1] || cardinality(over_quotas) || over_quotas[3]", "fields")))
                .isEqualTo("acme-month3NULL");
        assertThat(STACK.query("SELECT over_quotas[2] FROM tollgate.request_logs WHERE company = 'fields'"))
                .isEqualTo(nasty);
        assertThat(STACK.query(ledger("extract(epoch FROM booked_at) * 1000000", "fields")))
                .startsWith(Long.toString(rated.getBookedAt()));
        assertThat(STACK.query(ledger("lines::text", "fields")))
                .isEqualTo("[{\"cost\": 0.0036, \"unit\": \"token\", \"quantity\": 1200, \"dimension\": \"input\","
                        + " \"list_cost\": 0.0036, \"unit_price\": 0.000003, \"price_match\": \"exact\"}]");
        assertThat(STACK.query("SELECT event_id FROM tollgate.request_logs WHERE company = 'fields'"))
                .isEqualTo("req-1");
    }

    private static String uuid(byte[] hash) {
        String hex = HexFormat.of().formatHex(hash);
        return hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})", "$1-$2-$3-$4-");
    }

    @Test
    void requestLogsShowWhatIsLive() {
        RatedUsage usage = Records.rated("live", "req-1", "1");
        send(usage);
        send(RatedUsage.newBuilder(usage)
                .setSequence(1)
                .setKind(RowKind.REVERSAL)
                .setCorrects(0)
                .setRequests(-1)
                .setCost(Records.exact("-1"))
                .build());
        send(RatedUsage.newBuilder(usage)
                .setSequence(2)
                .setKind(RowKind.REPLACEMENT)
                .setCorrects(0)
                .setCost(Records.exact("2"))
                .build());
        send(Records.rated("live", "req-2", "3"));
        STACK.awaitQuery(ledger("count(*)", "live"), "4");
        assertThat(STACK.query(ledger("count(over_quotas)", "live"))).isEqualTo("0");

        assertThat(STACK.query("SELECT string_agg(event_id || '=' || cost, ',' ORDER BY event_id)"
                        + " FROM tollgate.request_logs WHERE company = 'live'"))
                .isEqualTo("req-1=2,req-2=3");
    }

    @Test
    void anOlderVersionOfATotalChangesNothing() {
        for (Granularity granularity : List.of(Granularity.DAY, Granularity.QUARTER_HOUR)) {
            UsageStats newer = Records.stats("totals", granularity, 5, "0.0000000000000000000000000000000000005");
            byte[] key = StatsKey.of(newer);
            STACK.send(Topics.USAGE_STATS, 0, key, STACK.codecs.stats().encode(newer));
            STACK.flush();
            String table = granularity == Granularity.DAY ? "usage_stats" : "usage_stats_intraday";
            String row =
                    "SELECT concat_ws('|', version, requests, cost, dimensions, latency_histogram, labels ->> 'team')"
                            + " FROM tollgate." + table + " WHERE company = 'totals'";
            String expected =
                    "5|5|0.0000000000000000000000000000000000005|{\"input\": 12.5}|{0,5,2}|a \"quoted\" \\ one";
            STACK.awaitQuery(row, expected);

            UsageStats older = Records.stats("totals", granularity, 4, "7");
            STACK.send(Topics.USAGE_STATS, 0, key, STACK.codecs.stats().encode(older));
            STACK.send(Topics.USAGE_STATS, 0, key, null);
            UsageStats marker = Records.stats("marker-" + granularity, granularity, 1, "1");
            STACK.send(
                    Topics.USAGE_STATS,
                    0,
                    StatsKey.of(marker),
                    STACK.codecs.stats().encode(marker));
            STACK.awaitQuery(
                    "SELECT count(*) FROM tollgate." + table + " WHERE company = 'marker-" + granularity + "'", "1");

            assertThat(STACK.query(row)).isEqualTo(expected);
        }
        assertThat(STACK.query("SELECT date FROM tollgate.usage_stats WHERE company = 'totals'"))
                .isEqualTo("2026-11-21");
    }

    @Test
    void pendingIsFollowedByItsFinalOutcomeAndNeverComesBack() {
        List<OutcomeKind> kinds =
                List.of(OutcomeKind.PENDING, OutcomeKind.APPLIED, OutcomeKind.PENDING, OutcomeKind.NO_EFFECT);
        for (OutcomeKind kind : kinds) {
            STACK.send(
                    Topics.USAGE_OUTCOMES,
                    0,
                    new byte[16],
                    STACK.codecs.outcomes().encode(Records.outcome("decided", "req-1", 7, kind)));
            STACK.flush();
        }
        String row =
                "SELECT string_agg(submission || ' ' || outcome || ' ' || events_offset, ',' ORDER BY events_offset)"
                        + " FROM tollgate.event_outcomes WHERE company = 'decided'";
        STACK.send(
                Topics.USAGE_OUTCOMES,
                0,
                new byte[16],
                STACK.codecs.outcomes().encode(Records.outcome("decided", "req-1", 8, OutcomeKind.UNMATCHED)));

        STACK.awaitQuery(row, "void applied 7,void unmatched 8");
    }

    @Test
    void acceptedSubmissionsAreCountedByCompany() {
        for (int i = 0; i < 40; i++) {
            byte[] submission = STACK.codecs.events().encode(Records.submission("counted-" + i % 2, "req-" + i));
            STACK.send(Topics.USAGE_EVENTS, i % 4, new byte[16], submission);
        }
        STACK.send(Topics.USAGE_EVENTS, new byte[16], "nonsense".getBytes(StandardCharsets.UTF_8));

        String count = "SELECT sum(submissions) FROM tollgate.accepted_submissions WHERE company = ";
        STACK.awaitQuery(count + "'counted-0'", "20");
        STACK.awaitQuery(count + "'counted-1'", "20");
        STACK.awaitQuery(count + "''", "1");
        STACK.awaitQuery(
                "SELECT sum(submissions) || ' ' || bool_and(minute = date_trunc('minute', minute)"
                        + " AND minute BETWEEN now() - interval '10 minutes' AND now())"
                        + " FROM tollgate.accepted_minutes WHERE company = 'counted-0'",
                "20 true");
    }

    @Test
    void anUnreadableRecordIsDeadLetteredAndItsNeighboursGoIn() {
        byte[] nonsense = "nonsense".getBytes(StandardCharsets.UTF_8);
        send(Records.rated("neighbours", "req-1", "1"));
        STACK.send(Topics.USAGE_RATED, new byte[16], nonsense);
        STACK.send(Topics.USAGE_RATED, new byte[16], null);
        send(Records.rated("neighbours", "req-2", "1"));

        STACK.awaitQuery(ledger("count(*)", "neighbours"), "2");
        STACK.awaitQuery(
                "SELECT count(*) FROM tollgate.dead_letters WHERE origin_topic = 'usage.rated' AND code = 'unreadable'",
                "2");
        STACK.awaitQuery(
                "SELECT count(*) FROM tollgate.dead_letters WHERE origin_topic = 'usage.rated' AND original = '\\x"
                        + HexFormat.of().formatHex(nonsense) + "'",
                "1");
    }

    @Test
    void aRowThatTheDatabaseRefusesGoesInReducedSoThatNoMoneyIsMissing() {
        for (int i = 0; i < 200; i++) {
            RatedUsage good = Records.rated("refused", "req-" + i, "0.5");
            send(
                    i % 67 == 1
                            ? RatedUsage.newBuilder(good)
                                    .setUser("nul\u0000")
                                    .setLabels(Map.of("a", "nul\u0000"))
                                    .build()
                            : good);
        }

        STACK.awaitQuery(ledger("count(*) || ' ' || sum(cost)", "refused"), "200 100.0");
        assertThat(STACK.query(
                        ledger("string_agg(event_id || user_id || labels || lines, ',' ORDER BY event_id)", "refused")
                                + " AND reduced"))
                .isEqualTo("req-1nul\uFFFD{}[],req-135nul\uFFFD{}[],req-68nul\uFFFD{}[]");
        STACK.awaitQuery(
                "SELECT string_agg(event_id, ',' ORDER BY event_id) FROM tollgate.dead_letters"
                        + " WHERE company = 'refused' AND code = 'refused_by_database' AND original IS NOT NULL",
                "req-1,req-135,req-68");
    }

    @Test
    void aRowThatCanNotEvenBeReducedIsADeadLetter() {
        send(RatedUsage.newBuilder(Records.rated("hopeless", "req-1", "1"))
                .setEventTime(Long.MIN_VALUE)
                .build());
        send(Records.rated("hopeless", "req-2", "1"));

        STACK.awaitQuery(ledger("string_agg(event_id, ',')", "hopeless"), "req-2");
        STACK.awaitQuery(
                "SELECT event_id || ' ' || (detail LIKE '%; reduced: %') FROM tollgate.dead_letters WHERE company = 'hopeless'",
                "req-1 true");
    }

    @Test
    void aDeadLetterIsListedOnceAndAnUnreadableOneIsListedAsItself() {
        DeadLetter letter = DeadLetter.newBuilder()
                .setCode("invalid_event")
                .setDetail("nul\u0000")
                .setOriginTopic("usage.inbox")
                .setOriginPartition(1)
                .setOriginOffset(77)
                .setOriginTimestamp(Records.now())
                .setCompany("letters")
                .build();
        STACK.send(Topics.USAGE_DEAD, 0, null, STACK.codecs.dead().encode(letter));
        STACK.send(Topics.USAGE_DEAD, 0, null, STACK.codecs.dead().encode(letter));
        STACK.send(Topics.USAGE_DEAD, 0, null, new byte[] {1, 2, 3});

        STACK.awaitQuery(
                "SELECT count(*) FROM tollgate.dead_letters WHERE origin_topic = 'usage.dead' AND original = '\\x010203'",
                "1");
        assertThat(STACK.query("SELECT count(*) FROM tollgate.dead_letters WHERE company = 'letters'"))
                .isEqualTo("1");
    }
}
