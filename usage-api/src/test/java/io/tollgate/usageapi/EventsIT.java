package io.tollgate.usageapi;

import static io.tollgate.usageapi.UsageApiStack.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.usageapi.LedgerRows.At;
import io.tollgate.usageapi.LedgerRows.Kind;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(StackExtension.class)
class EventsIT {
    private final UsageApiStack stack;
    private final LedgerRows rows;

    EventsIT(UsageApiStack stack) {
        this.stack = stack;
        this.rows = new LedgerRows(stack);
    }

    @Test
    void aRatedEventShowsItsCostItsLinesAndItsDuplicates() {
        rows.row("acme", "1", new At(0, 0), Kind.usage("rated"), "0.0030", "USD");
        rows.outcome("acme", "1", new At(0, 1), "usage", "duplicate");
        rows.outcome("acme", "1", new At(0, 2), "usage", "duplicate");
        rows.outcome("acme", "1", new At(0, 3), "usage", "conflict");
        JsonNode event = event("1");
        assertThat(event.path("state").asString()).isEqualTo("rated");
        assertThat(event.path("revision").asInt()).isEqualTo(1);
        assertThat(event.path("cost").asString()).isEqualTo("0.003");
        assertThat(event.path("currency").asString()).isEqualTo("USD");
        assertThat(event.path("price_version").asLong()).isEqualTo(7);
        assertThat(event.path("duplicates").asLong()).isEqualTo(2);
        assertThat(event.path("conflicts").asLong()).isEqualTo(1);
        assertThat(event.path("lines").toString())
                .contains("\"quantity\":\"1200\"", "\"unit_price\":\"0.0000025\"", "\"cost\":\"0.003\"");
        assertThat(event.path("history")).hasSize(1);
        assertThat(event.path("history").get(0).path("booked_at").asString()).isEqualTo(rows.today() + "T10:00:00Z");
        assertThat(event.path("outcomes")).isEmpty();
    }

    @Test
    void howAVendorsBodyWasReadAndWhatThePriceWasLookedForByAreShown() {
        rows.row("acme", "1", new At(0, 0), Kind.usage("rated"), "0.0030", "USD");
        stack.sql(
                "UPDATE cost_calculations SET request_model = 'smart', region = 'eu', speed = 'fast', service_tier = 'batch',"
                        + " variant = 'low', vendor = '{\"format\":\"openai.chat\",\"quality\":\"settled\",\"remark\":\"two counts\","
                        + "\"cost\":0.0029,\"usage\":\"{\\\"usage\\\":{\\\"prompt_tokens\\\":1200}}\"}'");
        JsonNode event = event("1");
        for (JsonNode row : new JsonNode[] {event, event.path("history").get(0)}) {
            assertThat(row.path("model").asString()).isEqualTo("gpt-4o");
            assertThat(row.path("request_model").asString()).isEqualTo("smart");
            assertThat(row.path("region").asString()).isEqualTo("eu");
            assertThat(row.path("speed").asString()).isEqualTo("fast");
            assertThat(row.path("service_tier").asString()).isEqualTo("batch");
            assertThat(row.path("variant").asString()).isEqualTo("low");
            JsonNode vendor = row.path("vendor");
            assertThat(vendor.path("format").asString()).isEqualTo("openai.chat");
            assertThat(vendor.path("quality").asString()).isEqualTo("settled");
            assertThat(vendor.path("remark").asString()).isEqualTo("two counts");
            assertThat(vendor.path("cost").asString()).isEqualTo("0.0029");
            assertThat(vendor.path("usage").path("usage").path("prompt_tokens").asInt())
                    .isEqualTo(1200);
        }
    }

    @Test
    void whereTheSenderCountedThereIsNoReading() {
        rows.row("acme", "1", new At(0, 0), Kind.usage("rated"), "0.0030", "USD");
        assertThat(event("1").path("vendor").isNull()).isTrue();
    }

    @Test
    void anAmendedEventCostsWhatItsReplacementSaysAndItsHistoryPointsBack() {
        rows.row("acme", "1", new At(0, 0), Kind.usage("rated"), "0.003", "USD");
        rows.row("acme", "1", new At(0, 1), Kind.reversal(1, "amend", 0), "-0.003", "USD");
        rows.row("acme", "1", new At(0, 1), Kind.replacement(2, 0, 2), "0.005", "USD");
        rows.outcome("acme", "1", new At(0, 1), "amend", "applied");
        JsonNode event = event("1");
        assertThat(event.path("state").asString()).isEqualTo("rated");
        assertThat(event.path("revision").asInt()).isEqualTo(2);
        assertThat(event.path("cost").asString()).isEqualTo("0.005");
        assertThat(event.path("history").valueStream().map(row -> row.path("kind")
                        .asString()))
                .containsExactly("usage", "reversal", "replacement");
        JsonNode reversal = event.path("history").get(1);
        assertThat(reversal.path("corrects").asInt()).isZero();
        assertThat(reversal.path("cost").asString()).isEqualTo("-0.003");
        assertThat(reversal.path("cause").asString()).isEqualTo("amend");
        assertThat(reversal.path("reason").asString()).isEqualTo("a reason");
        assertThat(event.path("outcomes").get(0).path("outcome").asString()).isEqualTo("applied");
    }

    @Test
    void aVoidedEventCostsNothing() {
        rows.row("acme", "1", new At(0, 0), Kind.usage("rated"), "0.003", "USD");
        rows.row("acme", "1", new At(0, 1), Kind.reversal(1, "void", 0), "-0.003", "USD");
        JsonNode event = event("1");
        assertThat(event.path("state").asString()).isEqualTo("voided");
        assertThat(event.path("cost").asString()).isEqualTo("0");
        assertThat(event.path("lines")).isEmpty();
    }

    @Test
    void anUnpricedEventHasANullCostAndNotZero() {
        rows.row("acme", "1", new At(0, 0), Kind.usage("unpriced"), "NULL", "USD");
        JsonNode event = event("1");
        assertThat(event.path("state").asString()).isEqualTo("unpriced");
        assertThat(event.path("code").asString()).isEqualTo("no_price");
        assertThat(event.path("cost").isNull()).isTrue();
    }

    @Test
    void aVoidThatWaitsForItsEventIsShown() {
        rows.outcome("acme", "1", new At(0, 0), "void", "pending");
        assertThat(event("1").path("state").asString()).isEqualTo("void_pending");
    }

    @Test
    void anEventThatDiedInTheInboxIsDead() {
        rows.dead("usage.inbox", 0, 5, "acme", "1");
        assertThat(event("1").path("state").asString()).isEqualTo("dead");
    }

    @Test
    void whatIsNotKnownIsNotFound() {
        HttpResponse<String> response = stack.asAcme("/v1/events?source=s&id=never");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).path("code").asString()).isEqualTo("unknown_event");
    }

    @Test
    void theSameIdOfAnotherCompanyIsAnotherEvent() {
        rows.row("beta", "1", new At(0, 0), Kind.usage("rated"), "0.003", "USD");
        assertThat(stack.asAcme("/v1/events?source=s&id=1").statusCode()).isEqualTo(404);
        assertThat(stack.asBeta("/v1/events?source=s&id=1").statusCode()).isEqualTo(200);
        assertThat(stack.asAdmin("/v1/events?source=s&id=1&company=beta").statusCode())
                .isEqualTo(200);
        assertThat(stack.asAdmin("/v1/events?source=s&id=1&company=acme").statusCode())
                .isEqualTo(404);
    }

    @Test
    void sourceAndIdAreRequiredAndAnAdministratorSaysWhose() {
        for (String query : new String[] {"", "?source=s", "?id=1", "?source=s&id="}) {
            HttpResponse<String> response = stack.asAcme("/v1/events" + query);
            assertThat(response.statusCode()).as(query).isEqualTo(400);
            assertThat(json(response).path("code").asString()).isEqualTo("missing_parameter");
        }
        JsonNode problem = json(stack.asAdmin("/v1/events?source=s&id=1"));
        assertThat(problem.path("errors").get(0).path("parameter").asString()).isEqualTo("company");
    }

    @Test
    void anEventShowsTheDeadLettersThatItComesFromAndAKeyIsNotToldWhoSentThemAgain() {
        rows.dead("usage.inbox", 0, 5, "acme", "1");
        rows.dead("usage.inbox", 0, 6, "", "");
        rows.dead("usage.inbox", 0, 7, "acme", "2");
        rows.replayed(3, "usage.inbox-0-5", "replayed", "acme", "1");
        rows.replayed(4, "usage.inbox-0-5", "fixed", "acme", "1");
        rows.replayed(5, "usage.inbox-0-6", "fixed", "acme", "1");
        rows.row("acme", "1", new At(0, 0), Kind.usage("rated"), "0.0030", "USD");
        JsonNode event = event("1");
        assertThat(event.path("state").asString()).isEqualTo("rated");
        JsonNode letters = event.path("dead_letters");
        assertThat(letters).hasSize(2);
        JsonNode named = letters.valueStream()
                .filter(letter -> letter.path("id").asString().equals("usage.inbox-0-5"))
                .findFirst()
                .orElseThrow();
        assertThat(named.path("code").asString()).isEqualTo("unreadable");
        assertThat(named.path("replays").toString())
                .isEqualTo("[{\"version\":3,\"at\":\"%1$sT10:00:03Z\",\"action\":\"replayed\",\"by\":null},"
                        .concat("{\"version\":4,\"at\":\"%1$sT10:00:04Z\",\"action\":\"fixed\",\"by\":null}]")
                        .formatted(rows.today()));
        assertThat(json(stack.asAdmin("/v1/events?company=acme&source=s&id=1"))
                        .at("/dead_letters/0/replays/0/by")
                        .toString())
                .isEqualTo("{\"kind\":\"admin\",\"id\":\"mia\"}");
        assertThat(event("2").path("dead_letters"))
                .singleElement()
                .satisfies(letter -> assertThat(letter.path("replays")).isEmpty());

        assertThat(json(stack.asAcme("/v1/dead-letters/usage.inbox-0-5")).path("replays"))
                .isEqualTo(named.path("replays"));
        JsonNode listed = json(stack.asAdmin("/v1/dead-letters")).path("items");
        assertThat(listed).extracting(item -> item.path("replays").size()).containsExactlyInAnyOrder(2, 1, 0);
        assertThat(listed.findValuesAsString("action")).containsOnly("replayed", "fixed");
    }

    private JsonNode event(String id) {
        HttpResponse<String> response = stack.asAcme("/v1/events?source=s&id=" + id);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }
}
