package io.tollgate.gateway.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.MappingSettingsTest;
import io.tollgate.gateway.format.LitellmLogs;
import io.tollgate.gateway.http.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Whatever comes, the parser answers with verdicts or a problem of the 400s, and the answer can be written. */
class EventParserFuzzTest {
    private static final int ROUNDS = 20_000;
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "null",
            "true",
            "NaN",
            "-",
            "1e400",
            "1e-999999999",
            "0.5",
            "-7",
            "\"data\"",
            "\"type\"",
            "\"tollgate.usage.v1\"",
            "\"tollgate.void.v1\"",
            "\"tollgate.amend.v1\"",
            "\"dimensions\"",
            "\"input\"",
            "\"labels\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"revision\"",
            "\"time\"",
            "\"2026-11-21T10:00:00Z\"",
            "\"specversion\"",
            "\"1.0\"",
            "\\",
            "\u00e9",
            "\"id\"",
            "\"source\"",
            " ");

    private final EventParser parser;

    EventParserFuzzTest() throws IOException {
        parser = new EventParser(100, 64, MappingSettingsTest.shipped());
    }

    @Test
    void changedEventsNeverDoMoreThanBeRejected() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("EventParserFuzzTest.changedEvents seed " + seed);
        Random random = new Random(seed);
        String amend = EventParserTest.correction(
                "amend",
                "\"revision\":2,\"data\":{\"provider\":\"p\",\"model\":\"m\",\"time\":\"2026-11-21T09:00:00Z\","
                        + "\"dimensions\":{\"input\":7},\"labels\":{\"team\":\"a\"},\"status\":200}");
        List<String> seeds = List.of(
                EventParserTest.usage("\"time\":\"2026-11-21T10:00:00.5+01:00\",\"subject\":\"u\","),
                "[" + EventParserTest.usage("") + "," + EventParserTest.correction("void", "") + "]",
                amend,
                "[" + amend + "]",
                "{\"specversion\":\"1.0\",\"id\":\"e\",\"source\":\"s\",\"data\":{\"tokens\":\"12\",\"model\":\"m\","
                        + "\"type\":\"output\",\"provider\":\"p\"},\"type\":\"prompt\"}");
        for (int round = 0; round < ROUNDS; round++) {
            check(changed(seeds.get(random.nextInt(seeds.size())), random));
        }
    }

    @Test
    void arbitraryBytesNeverDoMoreThanBeRefused() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("EventParserFuzzTest.arbitraryBytes seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] body = new byte[random.nextInt(60)];
            random.nextBytes(body);
            if (body.length > 0 && random.nextBoolean()) {
                body[0] = (byte) (random.nextBoolean() ? '{' : '[');
            }
            check(body);
        }
    }

    @Test
    void changedLogsOfLitellmNeverDoMoreThanBeRejected() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("EventParserFuzzTest.changedLogs seed " + seed);
        Random random = new Random(seed);
        LitellmForm form = new LitellmForm(false, false, null);
        List<String> seeds = new ArrayList<>();
        LitellmLogs.array().forEach(log -> seeds.add(log.toString()));
        for (int round = 0; round < ROUNDS; round++) {
            byte[] body = changed(seeds.get(random.nextInt(seeds.size())), random);
            check(parser.parseLitellm(body, body.length, form, EventParserTest.SENDER, EventParserTest.NOW_MICROS));
        }
    }

    private static byte[] changed(String json, RandomGenerator random) {
        StringBuilder text = new StringBuilder(json);
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 2 -> text.setCharAt(at, (char) random.nextInt(0x300));
                default ->
                    text.replace(
                            at,
                            Math.min(text.length(), at + random.nextInt(20)),
                            PIECES.get(random.nextInt(PIECES.size())));
            }
            if (text.isEmpty()) {
                break;
            }
        }
        return text.toString().getBytes(UTF_8);
    }

    private void check(byte[] body) {
        for (EventFormat format : List.of(EventFormat.EITHER, EventFormat.ONE, EventFormat.BATCH)) {
            check(parser.parse(body, body.length, format, EventParserTest.SENDER, EventParserTest.NOW_MICROS));
        }
    }

    private static void check(EventParser.Parsed parsed) {
        if (parsed instanceof EventParser.Unreadable unreadable) {
            assertThat(unreadable.problem().status()).isBetween(400, 499);
            assertThat(Answer.problem(unreadable.problem(), "r").body()).isNotEmpty();
        } else if (parsed instanceof EventParser.Events events) {
            Answer answer = Report.of(events.verdicts()).answer(true, "r");
            assertThat(answer.status()).isIn(200, 207, 422);
        }
    }
}
