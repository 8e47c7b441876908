package io.tollgate.usageapi.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.RatedUsage;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.serde.AvroGuards;
import io.tollgate.usageapi.access.Caller;
import io.tollgate.usageapi.live.EventStream.Event;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FrameTest {
    private static final LiveQuestion ALL = new LiveQuestion(null, null, null, null, null);
    private static final Position START = Position.of(new long[] {1, 2, 3}, new long[][] {{10, 20}, {30}, {40}});
    private static final Position END = Position.of(new long[] {1, 2, 3}, new long[][] {{13, 22}, {32}, {41}});

    private final FrameBuilder builder = new FrameBuilder(START);

    @BeforeAll
    static void guardAvro() {
        AvroGuards.set();
    }

    @Test
    void usageIsSummedExactlyByItsKeyAndCorrectionsCountBackwards() {
        builder.add(row("acme", "gpt-4o", "0.0000000000000000000000000000000001", 200, 1), 0, 10, 1_000);
        builder.add(row("acme", "gpt-4o", "99999999999999999999", 500, 1), 1, 20, 1_200);
        builder.add(row("acme", "claude", "-0.25", 429, -1), 1, 21, 1_100);
        RatedUsage unpriced = row("acme", "new", "0", 200, 1);
        unpriced.setCost(null);
        unpriced.setListCost(null);
        unpriced.setCurrency(null);
        builder.add(unpriced, 0, 12, 1_249);

        List<Event> events = read(builder.cut(END), ALL);
        assertThat(events).hasSize(1);
        Event usage = events.get(0);
        assertThat(usage.name()).isEqualTo("usage");
        assertThat(PositionText.parse(usage.id()))
                .isEqualTo(Position.of(new long[] {1, 2, 3}, new long[][] {{13, 22}, {30}, {40}}));
        assertThat(usage.data().toString())
                .isEqualTo("{\"from\":\"1970-01-01T00:00:01Z\",\"to\":\"1970-01-01T00:00:01.249Z\",\"rows\":["
                        + json("claude", "\"USD\"", "-1", "-1", "0", "-10", "\"-0.25\"", "\"-0.125\"") + ","
                        + json(
                                "gpt-4o",
                                "\"USD\"",
                                "2",
                                "1",
                                "0",
                                "20",
                                "\"99999999999999999999.0000000000000000000000000000000001\"",
                                "\"49999999999999999999.50000000000000000000000000000000005\"")
                        + "," + json("new", "null", "1", "0", "1", "10", "null", "null") + "]}");
    }

    @Test
    void whatIsTakenBackAtOnceIsNotTold() {
        builder.add(row("acme", "gpt-4o", "1", 200, 1), 0, 10, 0);
        RatedUsage back = row("acme", "gpt-4o", "-1", 200, -1);
        builder.add(back, 0, 11, 0);
        assertThat(read(builder.cut(END), ALL)).isEmpty();
    }

    @Test
    void eachEventsIdIsHowFarItsReaderHasRead() {
        builder.add(row("acme", "gpt-4o", "1", 200, 1), 0, 10, 0);
        builder.add(notice(Source.QUOTA, 30, "acme", null), 0);
        builder.add(notice(Source.ALERT, 40, "acme", null), 0);
        builder.add(notice(Source.QUOTA, 31, "acme", "u"), 0);
        List<Event> events = read(builder.cut(END), ALL);
        assertThat(events).extracting(Event::name).containsExactly("usage", "quota", "alert", "quota");
        assertThat(events)
                .extracting(event -> PositionText.parse(event.id()).toString())
                .containsExactly(
                        "[[13, 22], [30], [40]]",
                        "[[13, 22], [31], [40]]",
                        "[[13, 22], [31], [41]]",
                        "[[13, 22], [32], [41]]");
    }

    @Test
    void whoKnowsAPartOfItIsToldTheRest() {
        builder.add(row("acme", "gpt-4o", "1", 200, 1), 0, 10, 0);
        builder.add(row("acme", "gpt-4o", "2", 200, 1), 0, 11, 0);
        builder.add(row("acme", "gpt-4o", "4", 200, 1), 1, 20, 0);
        builder.add(notice(Source.QUOTA, 30, "acme", null), 0);
        Frame frame = builder.cut(END);
        Position read = Position.of(new long[] {1, 2, 3}, new long[][] {{11, 25}, {30}, {41}});
        Frame rest = frame.after(read);
        List<Event> events = read(rest, ALL);
        assertThat(events).hasSize(2);
        assertThat(events.get(0).data().at("/rows/0/cost").asString()).isEqualTo("2");
        assertThat(PositionText.parse(events.get(0).id())).hasToString("[[13, 25], [30], [41]]");
        assertThat(rest.end()).hasToString("[[13, 25], [32], [41]]");
        assertThat(read(frame.after(END), ALL)).isEmpty();
    }

    @Test
    void aFilterLeavesWhatItNames() {
        builder.add(row("acme", "gpt-4o", "1", 200, 1), 0, 10, 0);
        builder.add(row("beta", "gpt-4o", "2", 200, 1), 0, 11, 0);
        builder.add(row("beta", "claude", "4", 200, 1), 0, 12, 0);
        builder.add(notice(Source.QUOTA, 30, "acme", null), 0);
        builder.add(notice(Source.QUOTA, 31, "beta", "u"), 0);
        Frame frame = builder.cut(END);
        assertThat(costs(frame, "company", "beta")).isEqualTo("[4, 2] [beta]");
        assertThat(costs(frame, "model", "claude")).isEqualTo("[4] [acme, beta]");
        assertThat(costs(frame, "user", "u")).isEqualTo("[] [beta]");
        assertThat(costs(frame, "provider", "p")).isEqualTo("[1, 4, 2] [acme, beta]");
        assertThat(costs(frame, "auth_id", "k")).isEqualTo("[] []");
        assertThat(LiveQuestion.read(Map.of(), new Caller.OfCompany("beta")))
                .isEqualTo(new LiveQuestion("beta", null, null, null, null));
    }

    private static String costs(Frame frame, String parameter, String value) {
        LiveQuestion question = LiveQuestion.read(Map.of(parameter, List.of(value)), new Caller.Admin());
        List<Event> events = read(frame, question);
        List<String> costs = events.stream()
                .filter(event -> event.name().equals("usage"))
                .flatMap(event -> event.data().path("rows").valueStream())
                .map(row -> row.path("cost").asString())
                .toList();
        List<String> states = events.stream()
                .filter(event -> event.name().equals("quota"))
                .map(event -> event.data().path("company").asString())
                .toList();
        return costs + " " + states;
    }

    private static List<Event> read(Frame frame, LiveQuestion question) {
        EventStream stream = new EventStream();
        stream.read(frame.text(question));
        return stream.events();
    }

    private static Notice notice(Source source, long offset, String company, @Nullable String user) {
        String json = "{\"company\":\"" + company + "\"}";
        return new Notice(source, 0, offset, source == Source.QUOTA ? "quota" : "alert", company, user, null, json);
    }

    private static RatedUsage row(String company, String model, String cost, int status, int requests) {
        RatedUsage row = RandomResumesTest.usage(company, model, Decimal.parse(cost));
        row.setListCost(Decimals.toAvro(Decimal.parse(cost).times(Decimal.parse("0.5"))));
        row.setStatus(status);
        row.setRequests(requests);
        row.setTokens(Decimals.toAvro(Decimal.of(10L * requests)));
        return row;
    }

    private static String json(String model, String currency, String... amounts) {
        return "{\"company\":\"acme\",\"user\":null,\"auth_id\":null,\"provider\":\"p\",\"model\":\"" + model
                + "\",\"currency\":" + currency + ",\"requests\":\"" + amounts[0] + "\",\"errors\":\"" + amounts[1]
                + "\",\"unpriced\":\"" + amounts[2] + "\",\"tokens\":\"" + amounts[3] + "\",\"cost\":" + amounts[4]
                + ",\"list_cost\":" + amounts[5] + "}";
    }
}
