package io.tollgate.gateway.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Submission;
import io.tollgate.avro.Usage;
import io.tollgate.gateway.format.LitellmLogs;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.submission.RejectionCode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class LitellmEventTest {
    private static final EventParser PARSER = new EventParser(20, 64);

    @Test
    void eachObjectOfTheLogIsAnEvent() {
        List<Verdict> verdicts = verdicts(LitellmLogs.body());

        assertThat(verdicts).hasSize(16).allMatch(verdict -> verdict instanceof Verdict.Accepted);
        assertThat(verdicts.stream().map(Verdict::id)).doesNotHaveDuplicates();
        for (Verdict verdict : verdicts) {
            assertThat(((Verdict.Accepted) verdict).submission().toString()).doesNotContain("secret");
        }
    }

    @Test
    void anObjectBecomesItsRecord() {
        Submission submission = accepted(verdicts(LitellmLogs.named("openai").toString()));

        assertThat(submission.getSource()).isEqualTo("key_1");
        assertThat(submission.getId()).isEqualTo("chatcmpl-openai0123456789abcdef");
        Usage usage = Objects.requireNonNull(submission.getUsage());
        assertThat(usage.getEventTime()).isEqualTo(EventParserTest.NOW_MICROS - 9_500_000);
        assertThat(usage.getEventTimeGiven()).isTrue();
        assertThat(usage.getProvider()).isEqualTo("openai");
        assertThat(usage.getModel()).isEqualTo("gpt-4o-2024-08-06");
        assertThat(usage.getRequestModel()).isEqualTo("gpt-4o");
        assertThat(usage.getUser()).isEqualTo("end-user-7");
        assertThat(usage.getRequestId()).isEqualTo("chatcmpl-openai0123456789abcdef");
        assertThat(usage.getStatus()).isEqualTo(200);
        assertThat(usage.getLatencyMs()).isEqualTo(500);
        assertThat(usage.getBillable()).isTrue();
        assertThat(usage.getLabels()).containsEntry("team", "search").containsEntry("env", "prod");
        assertThat(usage.getVendor().getFormat()).isEqualTo("litellm");
        assertThat(Decimals.fromAvro(usage.getVendor().getCost())).hasToString("0.005615");
        assertThat(usage.getVendor().getUsage()).contains("\"cached_tokens\":1920", "\"call_type\":\"acompletion\"");
    }

    @Test
    void aHitOfLitellmsCacheIsNotBillable() {
        Submission submission = accepted(verdicts(LitellmLogs.named("cache-hit").toString()));

        assertThat(Objects.requireNonNull(submission.getUsage()).getBillable()).isFalse();
    }

    @Test
    void aFailedCallIsTakenWithItsStatus() {
        Submission submission = accepted(verdicts(LitellmLogs.named("failure").toString()));

        assertThat(Objects.requireNonNull(submission.getUsage()).getStatus()).isEqualTo(429);
    }

    @Test
    void linesAreReadAsAnArrayIs() {
        StringBuilder lines = new StringBuilder();
        for (JsonNode log : LitellmLogs.array()) {
            lines.append(log).append('\n');
        }

        assertThat(verdicts(lines.toString())).hasSize(16).allMatch(verdict -> verdict instanceof Verdict.Accepted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "\"id\":\"None\"                                      | INVALID_EVENT             | /1/id",
                "\"id\":null                                          | INVALID_EVENT             | /1/id",
                "\"custom_llm_provider\":null                         | MISSING_PROVIDER          | /1/custom_llm_provider",
                "\"model\":\"\"                                       | MISSING_MODEL             | /1/model",
                "\"endTime\":1795290000                               | TIMESTAMP_IN_FUTURE       | /1/endTime",
                "\"endTime\":1700000000.5                             | TIMESTAMP_TOO_FAR_IN_PAST | /1/endTime",
                "\"endTime\":\"yesterday\"                            | INVALID_EVENT             | /1/endTime",
                "\"endTime\":{}                                       | INVALID_EVENT             | /1/endTime",
            })
    void whatIsWrongIsNamedAndTheOthersAreIn(String member, RejectionCode code, String pointer) {
        String good = "\"id\":\"a\",\"custom_llm_provider\":\"openai\",\"model\":\"m\",\"prompt_tokens\":1";
        List<Verdict> verdicts = verdicts("[{" + good + "},{" + good + "," + member + "}]");

        assertThat(verdicts.get(0)).isInstanceOf(Verdict.Accepted.class);
        Rejection rejection = ((Verdict.Rejected) verdicts.get(1)).rejection();
        assertThat(rejection.code()).isEqualTo(code);
        assertThat(rejection.pointer()).isEqualTo(pointer);
    }

    @Test
    void aLogThatLitellmCouldNotMakeIsRejected() {
        Rejection rejection = ((Verdict.Rejected) verdicts("[null]").get(0)).rejection();

        assertThat(rejection.code()).isEqualTo(RejectionCode.INVALID_EVENT);
        assertThat(rejection.pointer()).isEqualTo("/0");
    }

    @Test
    void tooManyAreRefusedHoweverTheyCome() {
        String log = "{\"id\":\"a\",\"custom_llm_provider\":\"openai\",\"model\":\"m\"}";
        for (String body : List.of("[" + (log + ",").repeat(20) + log + "]", log.repeat(21))) {
            assertThat(parse(body, EventParserTest.SENDER)).isInstanceOf(EventParser.Unreadable.class);
        }
    }

    @Test
    void aKeyThatMayOnlyCorrectSendsNone() {
        Sender sender = new Sender("acme", "key_1", null, Map.of(), false, true);
        EventParser.Events events =
                (EventParser.Events) parse(LitellmLogs.named("openai").toString(), sender);

        assertThat(((Verdict.Rejected) events.verdicts().get(0)).rejection().code())
                .isEqualTo(RejectionCode.SCOPE_MISSING);
    }

    private static EventParser.Parsed parse(String body, Sender sender) {
        byte[] bytes = body.getBytes(UTF_8);
        LitellmForm form = new LitellmForm(false, false, null);
        return PARSER.parseLitellm(bytes, bytes.length, form, sender, EventParserTest.NOW_MICROS);
    }

    private static List<Verdict> verdicts(String body) {
        return ((EventParser.Events) parse(body, EventParserTest.SENDER)).verdicts();
    }

    private static Submission accepted(List<Verdict> verdicts) {
        return ((Verdict.Accepted) verdicts.get(0)).submission();
    }
}
