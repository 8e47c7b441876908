package io.tollgate.usageapi;

import static io.tollgate.usageapi.UsageApiStack.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.usageapi.LedgerRows.At;
import io.tollgate.usageapi.LedgerRows.Kind;
import io.tollgate.usageapi.StatsRows.Row;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The topics are shared by the tests, so a test counts from where they end when it begins. */
@ExtendWith(StackExtension.class)
class BalanceIT {
    private final UsageApiStack stack;
    private final LedgerRows rows;
    private final String day;
    private long start;

    BalanceIT(UsageApiStack stack) {
        this.stack = stack;
        this.rows = new LedgerRows(stack);
        this.day = "from=" + rows.today() + "&to=" + rows.today().plusDays(1);
    }

    /** Three submissions of acme in partition 0, which the sink has counted, and nothing that waits anywhere. */
    @BeforeEach
    void threeAccepted() {
        start = stack.send(Topics.USAGE_EVENTS, 0, "1", new byte[] {1});
        stack.send(Topics.USAGE_EVENTS, 0, "2", new byte[] {2});
        stack.send(Topics.USAGE_EVENTS, 0, "3", new byte[] {3});
        stack.commit(Topics.USAGE_EVENTS, 0, start + 3);
        rows.accepted("acme", 0, 3);
        rows.progress("usage.events", 0, start + 3);
        for (Topic topic :
                new Topic[] {Topics.USAGE_RATED, Topics.USAGE_OUTCOMES, Topics.USAGE_DEAD, Topics.USAGE_STATS}) {
            for (int partition = 0; partition < UsageApiStack.PARTITIONS; partition++) {
                rows.progress(topic.name(), partition, stack.end(topic, partition));
            }
        }
    }

    @Test
    void everySubmissionWithAnOutcomeBalances() {
        rated("1", 0);
        rows.outcome("acme", "1", at(1), "usage", "duplicate");
        rows.outcome("acme", "2", at(2), "void", "pending");
        JsonNode balance = balance();
        assertThat(balance.path("accepted").asLong()).isEqualTo(3);
        assertThat(balance.path("outcomes").toString()).isEqualTo("{\"duplicate\":1,\"rated\":1}");
        assertThat(balance.path("pending").asLong()).isEqualTo(1);
        assertInFlightAndDrift(balance, 0, 0);
    }

    @Test
    void anUnpricedUsageHasARowInTheLedgerAndIsStillOneOutcome() {
        rows.row("acme", "1", at(0), Kind.usage("unpriced"), "NULL", "USD");
        rows.outcome("acme", "1", at(0), "usage", "unpriced");
        rated("2", 1);
        rated("3", 2);
        assertInFlightAndDrift(balance(), 0, 0);
    }

    @Test
    void aSubmissionThatWasLostIsDrift() {
        rated("1", 0);
        rated("2", 1);
        JsonNode balance = balance();
        assertThat(balance.path("lost").asLong()).isEqualTo(1);
        assertInFlightAndDrift(balance, 0, 1);
    }

    /** The mark of a transaction is an offset that no reader ever gets: it must not excuse anything for ever. */
    @Test
    void theMarkOfATransactionIsNoRecordOnItsWay() {
        rated("1", 0);
        rated("2", 1);
        long next = stack.sendInTransaction(Topics.USAGE_RATED, 0) + 1;
        stack.sql("UPDATE sink_progress SET next_offset = " + next + " WHERE topic = 'usage.rated' AND partition = 0");
        assertThat(stack.end(Topics.USAGE_RATED, 0)).isGreaterThan(next);
        assertInFlightAndDrift(balance(), 0, 1);
    }

    @Test
    void aSubmissionCountedTwiceIsDrift() {
        rated("1", 0);
        rated("1", 0);
        rated("2", 1);
        rated("3", 2);
        JsonNode balance = balance();
        assertThat(balance.path("surplus").asLong()).isEqualTo(1);
        assertInFlightAndDrift(balance, 0, 1);
    }

    /** Outcomes, and the ledger as the outcome of what is rated; and the count of what was accepted, on the other side. */
    @Test
    void aRowThatIsTakenAwayFromEitherSideIsDrift() {
        rated("1", 0);
        rated("2", 1);
        rows.outcome("acme", "2", at(2), "usage", "duplicate");
        assertInFlightAndDrift(balance(), 0, 0);
        String second = "events_offset = " + (start + 1);
        String third = "events_offset = " + (start + 2);
        assertDriftWithout("cost_calculations", second);
        assertDriftWithout("event_outcomes", third);
        stack.sql("UPDATE accepted_submissions SET submissions = 2 WHERE company = 'acme'");
        assertInFlightAndDrift(balance(), 0, 1);
        stack.sql("UPDATE accepted_submissions SET submissions = 3 WHERE company = 'acme'");
        assertInFlightAndDrift(balance(), 0, 0);
    }

    private void assertDriftWithout(String table, String row) {
        stack.sql("CREATE TABLE taken_away AS SELECT * FROM " + table + " WHERE " + row);
        stack.sql("DELETE FROM " + table + " WHERE " + row);
        assertInFlightAndDrift(balance(), 0, 1);
        stack.sql("INSERT INTO " + table + " SELECT * FROM taken_away");
        stack.sql("DROP TABLE taken_away");
        assertInFlightAndDrift(balance(), 0, 0);
    }

    @Test
    void minuteByMinuteItSaysWhatWasAcceptedAndWhatBecameOfIt() {
        rated("1", 0);
        rows.outcome("acme", "1", at(1), "usage", "duplicate");
        rows.outcome("acme", "2", at(2), "void", "pending");
        rows.outcome("acme", "3", at(3), "usage", "duplicate");
        rows.dead("usage.inbox", 0, 9, "acme", "9");
        rows.acceptedMinute("acme", 0, "10:00", 1);
        rows.acceptedMinute("acme", 0, "11:00", 1);
        rows.acceptedMinute("acme", 1, "11:00", 2);
        rows.acceptedMinute("beta", 0, "11:00", 5);
        String today = "from=" + rows.today() + "&to=" + rows.today().plusDays(1);
        JsonNode items = json(stack.asAcme("/v1/balance/minutes?" + today)).path("items");
        assertThat(items.toString())
                .isEqualTo("[{\"start\":\"%1$sT10:00:00Z\",\"accepted\":2,\"outcomes\":{\"dead\":1,\"rated\":1},"
                        .concat("\"pending\":0,\"undecided\":0},")
                        .concat("{\"start\":\"%1$sT11:00:00Z\",\"accepted\":3,\"outcomes\":{\"duplicate\":1},")
                        .concat("\"pending\":1,\"undecided\":1}]")
                        .formatted(rows.today()));
        assertThat(json(stack.asAdmin("/v1/balance/minutes?" + today))
                        .at("/items/1/accepted")
                        .asLong())
                .isEqualTo(8);
        assertThat(json(stack.asAcme("/v1/balance/minutes?from=" + rows.today() + "T11:00:00Z&to=" + rows.today()
                                + "T11:01:00Z"))
                        .path("items"))
                .hasSize(1);
        for (String refused : new String[] {
            "from=" + rows.today().minusDays(2),
            "from=" + rows.today() + "T11:00:30Z",
            "from=" + rows.today().minusDays(1) + "&to=" + rows.today().plusDays(1)
        }) {
            assertThat(stack.asAcme("/v1/balance/minutes?" + refused).statusCode())
                    .as(refused)
                    .isEqualTo(400);
        }
    }

    @Test
    void whatTheTopologyHasNotCommittedIsInFlight() {
        rated("1", 0);
        stack.commit(Topics.USAGE_EVENTS, 0, start + 1);
        assertInFlightAndDrift(balance(), 2, 0);
    }

    @Test
    void whatTheSinkHasNotWrittenIsInFlight() {
        rated("1", 0);
        rated("2", 1);
        stack.sendInTransaction(Topics.USAGE_RATED, 0);
        assertInFlightAndDrift(balance(), 1, 0);
    }

    @Test
    void anOutcomeBeyondWhatHasBeenCountedIsNotCounted() {
        rated("1", 0);
        rated("2", 1);
        rated("3", 2);
        rated("4", 3);
        assertInFlightAndDrift(balance(), 0, 0);
    }

    @Test
    void whatDiedBeforeItWasAnEventIsAcceptedAndDead() {
        rated("1", 0);
        rated("2", 1);
        rated("3", 2);
        rows.dead("usage.inbox", 0, 9, "acme", "9");
        JsonNode balance = balance();
        assertThat(balance.path("accepted").asLong()).isEqualTo(4);
        assertThat(balance.path("outcomes").path("dead").asLong()).isEqualTo(1);
        assertInFlightAndDrift(balance, 0, 0);
    }

    @Test
    void anEventThatNobodyCouldReadIsDeadWithoutAnOutcome() {
        stack.sql("UPDATE accepted_submissions SET submissions = 2");
        rows.accepted("", 0, 1);
        rated("1", 0);
        rated("2", 1);
        rows.dead("usage.events", 0, start + 2, "", "");
        JsonNode balance = json(stack.asAdmin("/v1/balance?" + day));
        assertThat(balance.path("accepted").asLong()).isEqualTo(3);
        assertThat(balance.path("outcomes").path("dead").asLong()).isEqualTo(1);
        assertInFlightAndDrift(balance, 0, 0);
    }

    /** Bytes that broke off behind the company: both the counter and the dead letter name it, and nothing else can. */
    @Test
    void anEventOfWhichOnlyTheCompanyCouldBeReadIsDeadInItsBooks() {
        rated("1", 0);
        rated("2", 1);
        rows.deadUnnamed("usage.events", 0, start + 2, "acme");
        assertThat(balance().path("outcomes").path("dead").asLong()).isEqualTo(1);
        assertInFlightAndDrift(balance(), 0, 0);
        assertInFlightAndDrift(json(stack.asAdmin("/v1/balance?" + day)), 0, 0);
    }

    /** Its company is the empty one, which is nobody's: no company's books may be off by it. */
    @Test
    void anEventThatNobodyCouldReadIsInNoCompanysBooks() {
        stack.sql("UPDATE accepted_submissions SET submissions = 2");
        rows.accepted("", 0, 1);
        rated("1", 0);
        rated("2", 1);
        rows.dead("usage.events", 0, start + 2, "", "");
        assertThat(balance().path("accepted").asLong()).isEqualTo(2);
        assertThat(balance().path("outcomes").path("dead").asLong()).isZero();
        assertInFlightAndDrift(balance(), 0, 0);
    }

    @Test
    void aCompanySeesItsOwnBooks() {
        rated("1", 0);
        rated("2", 1);
        rated("3", 2);
        rows.accepted("beta", 0, 5);
        assertThat(balance().path("accepted").asLong()).isEqualTo(3);
        JsonNode beta = json(stack.asBeta("/v1/balance?" + day));
        assertThat(beta.path("accepted").asLong()).isEqualTo(5);
        assertThat(beta.path("company").asString()).isEqualTo("beta");
        assertThat(beta.path("outcomes")).isEmpty();
        assertThat(json(stack.asAdmin("/v1/balance?" + day)).path("accepted").asLong())
                .isEqualTo(8);
    }

    @Test
    void ledgerAndStatsSayTheSameMoneyByCurrency() {
        rows.row("acme", "1", at(0), Kind.usage("rated"), "0.10", "USD");
        rows.row("acme", "2", at(1), Kind.usage("rated"), "0.02", "EUR");
        rows.row("acme", "3", at(2), Kind.usage("rated"), "0.003", "USD");
        StatsRows.insert(stack, rows.today() + "T09:00:00Z", Row.of("acme", "gpt-4o", "0.103"));
        StatsRows.insert(
                stack,
                rows.today() + "T09:00:00Z",
                Row.of("acme", "gpt-4o", "0.019").currency("EUR"));
        JsonNode balance = balance();
        assertThat(balance.path("costs").get(0).toString())
                .isEqualTo(
                        """
                        {"currency":"EUR","cost":"0.02","stats_cost":"0.019","cost_drift":"0.001",\
                        "list_cost":"0.02","stats_list_cost":"0.019","list_cost_drift":"0.001"}""");
        assertThat(balance.path("costs").get(1).path("cost_drift").asString()).isEqualTo("0");
        assertThat(balance.path("settled").isBoolean()).isTrue();
    }

    @Test
    void daysOutsideTheRangeDontCount() {
        JsonNode balance = json(stack.asAcme("/v1/balance?from=" + rows.today().minusDays(1) + "&to=" + rows.today()));
        assertThat(balance.path("accepted").asLong()).isZero();
        assertInFlightAndDrift(balance, 0, 0);
    }

    @Test
    void aBoundInTheMiddleOfADayIsRefused() {
        HttpResponse<String> response = stack.asAcme("/v1/balance?from=" + rows.today() + "T12:00:00Z");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("detail").asString())
                .contains(rows.today().toString(), rows.today().plusDays(1).toString());
    }

    @Test
    void daysWhoseOutcomesAreGoneAreRefused() {
        HttpResponse<String> response = stack.asAcme("/v1/balance?from=2025-01-01&to=2025-02-01");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("code").asString()).isEqualTo("beyond_retention");
    }

    @Test
    void theOldestDayThatIsKeptIsNotBalancedSinceItMayBeGoingNow() {
        String to = "&to=" + rows.today();
        assertThat(stack.asAcme("/v1/balance?from=" + rows.today().minusDays(74) + to)
                        .statusCode())
                .isEqualTo(200);
        assertThat(stack.asAcme("/v1/balance?from=" + rows.today().minusDays(75) + to)
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void withoutKafkaItSaysSo() {
        rated("1", 0);
        String nowhere = "127.0.0.1:1";
        try (var service = stack.start(nowhere, "--tollgate.kafka-timeout=500ms")) {
            HttpResponse<String> response = stack.get(
                    UsageApiStack.portOf(service), "/v1/balance?" + day, "x-api-key", UsageApiStack.ADMIN_TOKEN);
            assertThat(response.statusCode()).isEqualTo(200);
            JsonNode balance = json(response);
            assertThat(balance.path("accepted").asLong()).isEqualTo(3);
            assertThat(balance.path("in_flight").isNull()).isTrue();
            assertThat(balance.path("drift").isNull()).isTrue();
            assertThat(balance.path("note").asString()).contains("Kafka");
            HttpResponse<String> unready = stack.get(UsageApiStack.portOf(service), "/actuator/health/readiness");
            assertThat(unready.statusCode()).isEqualTo(503);
            HttpResponse<String> starting =
                    stack.get(UsageApiStack.portOf(service), "/v1/stats", "x-api-key", "secret-acme");
            assertThat(starting.statusCode()).isEqualTo(503);
            assertThat(starting.headers().firstValue("retry-after")).isPresent();
        }
    }

    private void rated(String id, int index) {
        rows.row("acme", id, at(index), Kind.usage("rated"), "0.003", "USD");
    }

    private At at(int index) {
        return new At(0, start + index);
    }

    private JsonNode balance() {
        HttpResponse<String> response = stack.asAcme("/v1/balance?" + day);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    private static void assertInFlightAndDrift(JsonNode balance, long inFlight, long drift) {
        assertThat(balance.path("in_flight").asLong()).as(balance.toString()).isEqualTo(inFlight);
        assertThat(balance.path("drift").asLong(-1)).as(balance.toString()).isEqualTo(drift);
    }
}
