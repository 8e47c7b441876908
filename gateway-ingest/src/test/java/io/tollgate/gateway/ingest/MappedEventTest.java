package io.tollgate.gateway.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Submission;
import io.tollgate.avro.Usage;
import io.tollgate.gateway.MappingSettingsTest;
import io.tollgate.gateway.mapping.Mapping;
import io.tollgate.gateway.mapping.Mappings;
import io.tollgate.gateway.mapping.Term;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.submission.RejectionCode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Other meters' events, read by a mapping. */
class MappedEventTest {
    private static final String HEAD =
            "\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"chat-app\",\"subject\":\"customer-1\"";
    private static final Term NOT_SAID = new Term(null, null, Map.of());
    private static final Mapping COUNTS = new Mapping(
            "litellm_tokens",
            new Term(null, "p", Map.of()),
            Map.of(),
            new Term("model", null, Map.of()),
            new Term("op", null, Map.of("Completion", "chat")),
            NOT_SAID,
            NOT_SAID,
            Map.of("prompt_tokens", "input", "system_tokens", "input", "completion_tokens", "output"),
            Map.of("team", "team"));

    private final EventParser parser = new EventParser(10, 64, new Mappings(List.of(COUNTS)));
    private final EventParser shipped;

    MappedEventTest() throws IOException {
        shipped = new EventParser(10, 64, MappingSettingsTest.shipped());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"type\":\"prompt\",\"data\":{\"tokens\":\"123\",\"model\":\"gpt-4-turbo\",\"type\":\"output\"}      | {output=123}",
                "\"data\":{\"tokens\":\"123\",\"model\":\"gpt-4-turbo\",\"type\":\"output\"},\"type\":\"prompt\"      | {output=123}",
                "\"type\":\"tokens\",\"data\":{\"tokens\":12.5,\"type\":\"input\",\"model\":\"gpt-4-turbo\"}          | {input=12.5}",
                "\"type\":\"prompt\",\"data\":{\"tokens\":1e2,\"type\":\"Cached\",\"model\":\"gpt-4-turbo\",\"x\":[1]} | {cache_read=100}",
                "\"type\":\"prompt\",\"data\":{\"tokens\":12345678901234567890123456.5,\"model\":\"gpt-4-turbo\"}     | {token=12345678901234567890123456.5}",
                "\"type\":\"prompt\",\"data\":{\"tokens\":0,\"type\":\"system\",\"model\":\"gpt-4-turbo\"}            | {input=0}",
            })
    void openMetersExamplesAreTakenAsTheyAre(String rest, String quantities) {
        Submission submission = accepted(shipped, "{" + HEAD + "," + rest + "}");

        assertThat(submission.getSource()).isEqualTo("chat-app");
        Usage usage = Objects.requireNonNull(submission.getUsage());
        assertThat(usage.getUser()).isEqualTo("customer-1");
        assertThat(usage.getProvider()).isEqualTo("openai");
        assertThat(usage.getModel()).isEqualTo("gpt-4-turbo");
        assertThat(quantities(usage)).hasToString(quantities);
    }

    @Test
    void inBinaryModeTheTypeIsAHeader() {
        byte[] data = "{\"tokens\":7,\"model\":\"claude-sonnet-4-5\",\"type\":\"input\"}".getBytes(UTF_8);
        Map<String, String> attributes =
                Map.of("specversion", "1.0", "id", "1", "source", "s", "type", "prompt", "subject", "u");
        Verdict verdict = ((EventParser.Events) shipped.parseData(
                        data, data.length, attributes, EventParserTest.SENDER, EventParserTest.NOW_MICROS))
                .verdicts()
                .get(0);

        Usage usage = ((Verdict.Accepted) verdict).submission().getUsage();
        assertThat(usage.getProvider()).isEqualTo("anthropic");
        assertThat(quantities(usage)).isEqualTo(Map.of("input", "7"));
    }

    @Test
    void severalCountsAreAddedUpByDimension() {
        Usage usage = accepted(
                        parser,
                        "{" + HEAD
                                + ",\"type\":\"litellm_tokens\",\"data\":{\"model\":\"m\",\"op\":\"completion\",\"team\":\"search\","
                                + "\"prompt_tokens\":5,\"system_tokens\":\"2\",\"completion_tokens\":3,\"total_tokens\":10}}")
                .getUsage();

        assertThat(quantities(usage)).isEqualTo(Map.of("input", "7", "output", "3"));
        assertThat(usage.getOperation()).isEqualTo("chat");
        assertThat(usage.getLabels()).isEqualTo(Map.of("team", "search"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"tokens\":-1,\"model\":\"m\",\"type\":\"input\"}         | INVALID_QUANTITY | /data/tokens",
                "{\"tokens\":\"many\",\"model\":\"m\",\"type\":\"input\"}   | INVALID_QUANTITY | /data/tokens",
                "{\"tokens\":\"\",\"model\":\"m\",\"type\":\"input\"}       | INVALID_QUANTITY | /data/tokens",
                "{\"tokens\":1e400,\"model\":\"m\",\"type\":\"input\"}      | INVALID_QUANTITY | /data/tokens",
                "{\"tokens\":true,\"model\":\"m\",\"type\":\"input\"}       | INVALID_QUANTITY | /data/tokens",
                "{\"model\":\"m\",\"type\":\"input\"}                       | INVALID_QUANTITY | /data/tokens",
                "{\"tokens\":{},\"model\":\"m\",\"type\":\"input\"}         | INVALID_EVENT    | /data/tokens",
                "{\"tokens\":1,\"tokens\":2,\"model\":\"m\"}                | INVALID_EVENT    | /data/tokens",
                "{\"tokens\":1,\"model\":\"m\",\"type\":\"pictures\"}       | INVALID_EVENT    | /data/type",
                "{\"tokens\":1,\"type\":\"input\"}                          | MISSING_MODEL    | /data/model",
                "{\"tokens\":1,\"model\":\" \",\"type\":\"input\"}          | MISSING_MODEL    | /data/model",
                "[]                                                         | INVALID_EVENT    | /data",
            })
    void whatIsWrongIsNamed(String data, RejectionCode code, String pointer) {
        Rejection rejection = rejected(shipped, "{" + HEAD + ",\"type\":\"prompt\",\"data\":" + data + "}");

        assertThat(rejection.code()).isEqualTo(code);
        assertThat(rejection.pointer()).isEqualTo(pointer);
    }

    @Test
    void noneOfTheCountsIsNoUsage() {
        Rejection rejection = rejected(
                parser, "{" + HEAD + ",\"type\":\"litellm_tokens\",\"data\":{\"model\":\"m\",\"total_tokens\":3}}");

        assertThat(rejection.code()).isEqualTo(RejectionCode.INVALID_QUANTITY);
        assertThat(rejection.detail()).contains("tollgate.mappings", "litellm_tokens");
    }

    @Test
    void aTypeThatIsNotMappedIsUnknownAndTheSettingIsNamed() {
        Rejection rejection = rejected(shipped, "{" + HEAD + ",\"type\":\"request\",\"data\":{}}");

        assertThat(rejection.code()).isEqualTo(RejectionCode.UNKNOWN_TYPE);
        assertThat(rejection.detail()).contains("'request'", "prompt, tokens", "tollgate.mappings");
    }

    private static Verdict one(EventParser parser, String event) {
        byte[] body = event.getBytes(UTF_8);
        return ((EventParser.Events) parser.parse(
                        body, body.length, EventFormat.EITHER, EventParserTest.SENDER, EventParserTest.NOW_MICROS))
                .verdicts()
                .get(0);
    }

    private static Submission accepted(EventParser parser, String event) {
        Verdict verdict = one(parser, event);
        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        return ((Verdict.Accepted) verdict).submission();
    }

    private static Rejection rejected(EventParser parser, String event) {
        return ((Verdict.Rejected) one(parser, event)).rejection();
    }

    private static Map<String, String> quantities(Usage usage) {
        return usage.getDimensions().stream()
                .collect(Collectors.toMap(
                        counted -> counted.getDimension(),
                        counted -> Decimals.fromAvro(counted.getQuantity()).toString()));
    }
}
