package io.tollgate.gateway.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.ReadingQuality;
import io.tollgate.avro.Submission;
import io.tollgate.avro.Usage;
import io.tollgate.avro.VendorReading;
import io.tollgate.gateway.http.Answer;
import io.tollgate.gateway.ingest.EventParser;
import io.tollgate.gateway.ingest.Report;
import io.tollgate.gateway.ingest.Sender;
import io.tollgate.gateway.ingest.Verdict;
import io.tollgate.schemas.decimal.Decimals;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceFormTest {

    @ParameterizedTest
    @ValueSource(strings = {"conventions", "agents", "vercel", "vercel-ai-6", "traceloop", "openinference"})
    void bothEncodingsAreTheSameEventsAndHoldNoWords(String name) {
        String json = Export.sample(name + ".json");

        List<Submission> read = Export.submissions(Encoding.JSON, json.getBytes(UTF_8));

        assertThat(Export.submissions(Encoding.PROTOBUF, Export.protobuf(json)).toString())
                .isEqualTo(read.toString());
        assertThat(read).isNotEmpty();
        assertThat(json).contains("secret words");
        assertThat(read.toString()).doesNotContain("secret words");
    }

    @Test
    void aSpanByTheConventionsTellsAllOfItsCall() {
        Submission stored = read("conventions").get(0);

        assertThat(stored.getSource()).isEqualTo("search");
        assertThat(stored.getId()).matches("a[0-9a-f]{31}-b[0-9a-f]{15}");
        Usage usage = usage(stored);
        assertThat(usage.getProvider()).isEqualTo("openai");
        assertThat(usage.getModel()).isEqualTo("gpt-4o-mini-2024-07-18");
        assertThat(usage.getRequestModel()).isEqualTo("gpt-4o-mini");
        assertThat(usage.getOperation()).isEqualTo("chat");
        assertThat(usage.getRequestId()).isEqualTo("chatcmpl-1");
        assertThat(usage.getServiceTier()).isEqualTo("priority");
        assertThat(usage.getRegion()).isEqualTo("eu");
        assertThat(usage.getUser()).isEqualTo("user-42");
        assertThat(usage.getStatus()).isNull();
        assertThat(usage.getLatencyMs()).isEqualTo(500);
        assertThat(usage.getEventTime()).isEqualTo(1_795_252_500_500_000L);
        assertThat(usage.getEventTimeGiven()).isTrue();
        assertThat(usage.getLabels()).isEqualTo(Map.of("environment", "prod", "team", "search"));
        assertThat(quantities(usage)).hasToString("{cache_read=1920, input=86, output=236, reasoning=64}");
        VendorReading reading = reading(usage);
        assertThat(reading.getFormat()).isEqualTo("otlp");
        assertThat(reading.getQuality()).isEqualTo(ReadingQuality.COMPLETE);
        assertThat(reading.getUsage())
                .contains("gen_ai.usage.cache_read.input_tokens", "opentelemetry.instrumentation.openai")
                .doesNotContain("user-42", "conv-1", "chatcmpl");
    }

    @Test
    void aCallWithoutUsageIsMissingAndAZeroIsAZero() {
        List<Submission> stored = read("conventions");

        assertThat(quantities(stored.get(1))).hasToString("{input=8}");
        assertThat(stored).hasSize(6);
        assertThat(reading(usage(stored.get(2))).getQuality()).isEqualTo(ReadingQuality.MISSING);
        assertThat(usage(stored.get(2)).getStatus()).isNull();
        // Refused with 429 before there was an answer, so it costs nothing; then one that broke off in its answer.
        assertThat(usage(stored.get(3)).getStatus()).isEqualTo(429);
        assertThat(usage(stored.get(4)).getStatus()).isNull();
        assertThat(reading(usage(stored.get(4))).getQuality()).isEqualTo(ReadingQuality.MISSING);
        assertThat(quantities(stored.get(5))).hasToString("{input=0, output=0}");
        assertThat(reading(usage(stored.get(5))).getQuality()).isEqualTo(ReadingQuality.COMPLETE);
    }

    @Test
    void whatShouldHaveCountedAndCannotIsRefusedByItsCode() {
        List<Verdict> verdicts =
                Export.verdicts(Encoding.JSON, Export.sample("conventions.json").getBytes(UTF_8));
        String late = Export.sample("traceloop.json").replace("17952525", "17952925");
        String nameless = Export.sample("agents.json").replace("a000000000", "0000000000");
        String without = late.replaceAll("\"traceId\": \"a", "\"traceId\": \"");

        assertThat(answer(Encoding.JSON, verdicts))
                .startsWith("{\"partialSuccess\":{")
                .contains("\"rejectedSpans\":\"1\"", "1 missing_model: span a0", "gen_ai.request.model");
        assertThat(answer(Encoding.JSON, Export.verdicts(Encoding.JSON, late.getBytes(UTF_8))))
                .contains("\"rejectedSpans\":\"3\"", "3 timestamp_in_future: span a0");
        assertThat(answer(Encoding.JSON, Export.verdicts(Encoding.JSON, without.getBytes(UTF_8))))
                .contains("\"rejectedSpans\":\"3\"", "3 invalid_event: a span needs a trace id");
        assertThat(answer(Encoding.JSON, Export.verdicts(Encoding.JSON, nameless.getBytes(UTF_8))))
                .isEqualTo("{}");
    }

    @Test
    void ofAnAgentsSpansOnlyTheModelCallCounts() {
        List<Submission> stored = read("agents");

        assertThat(stored).hasSize(1);
        Usage usage = usage(stored.get(0));
        assertThat(usage.getProvider()).isEqualTo("bedrock");
        assertThat(usage.getModel()).isEqualTo("us.amazon.nova-pro-v1:0");
        assertThat(usage.getRegion()).isEqualTo("us-east-1");
        assertThat(usage.getLabels()).isEqualTo(Map.of("agent", "helper"));
        assertThat(quantities(usage)).hasToString("{input=700, output=70}");
    }

    @Test
    void vercelsRootsRepeatTheirChildrenAndTheVendorsOwnUsageIsTheExactOne() {
        List<Submission> stored = read("vercel");

        assertThat(stored).hasSize(4);
        Usage exact = usage(stored.get(0));
        assertThat(exact.getProvider()).isEqualTo("anthropic");
        assertThat(exact.getModel()).isEqualTo("claude-sonnet-4-5-20250929");
        assertThat(exact.getUser()).isEqualTo("user-7");
        assertThat(exact.getLabels()).isEqualTo(Map.of("function", "answer"));
        assertThat(quantities(exact)).hasToString("{cache_write_1h=187630, cache_write_5m=456, input=21, output=393}");
        assertThat(reading(exact).getQuality()).isEqualTo(ReadingQuality.COMPLETE);
        assertThat(reading(exact).getUsage()).contains("ephemeral_1h_input_tokens");
        Usage plain = usage(stored.get(1));
        assertThat(quantities(plain)).hasToString("{cache_write_5m=188086, input=21, output=393}");
        assertThat(reading(plain).getQuality()).isEqualTo(ReadingQuality.SETTLED);
        assertThat(reading(plain).getRemark()).contains("ttl unknown");
        assertThat(quantities(stored.get(2))).hasToString("{input=8}");
        assertThat(usage(stored.get(2)).getProvider()).isEqualTo("openai");
        assertThat(usage(stored.get(3)).getProvider()).isEqualTo("gemini");
        assertThat(quantities(stored.get(3)))
                .hasToString("{grounding_request=1, input=136, output=201, reasoning=213}");
    }

    /** As the SDK's version 6 exported it, of calls to vendors that were played. */
    @Test
    void aCaptureOfTheVercelAiSdkIsReadExactly() {
        List<Submission> stored = read("vercel-ai-6");

        assertThat(stored.stream().map(TraceFormTest::quantities).map(Object::toString))
                .containsExactly(
                        "{cache_write_1h=187630, cache_write_5m=456, input=21, output=393}",
                        "{cache_write_1h=187630, cache_write_5m=456, input=21, output=393}",
                        "{cache_read=1920, input=86, output=236, reasoning=64}",
                        "{input=8}",
                        "{}");
        assertThat(stored).allSatisfy(one -> {
            assertThat(usage(one).getUser()).isEqualTo("u");
            assertThat(usage(one).getLabels()).isEqualTo(Map.of("function", "f"));
        });
        assertThat(usage(stored.get(4)).getStatus()).isEqualTo(500);
    }

    @Test
    void traceloopsInputLeavesOutWhatWasCached() {
        List<Submission> stored = read("traceloop");

        assertThat(quantities(stored.get(0))).hasToString("{cache_write_5m=188086, input=21, output=393}");
        assertThat(quantities(stored.get(1))).hasToString("{cache_read=200, input=1000, output=50}");
        Usage older = usage(stored.get(2));
        assertThat(older.getProvider()).as("by the host that was called").isEqualTo("deepseek");
        assertThat(older.getUser()).isEqualTo("u1");
        assertThat(older.getLabels()).isEqualTo(Map.of("workflow", "answers"));
        assertThat(quantities(older)).hasToString("{input=100, output=20}");
        assertThat(stored).hasSize(3);
    }

    @Test
    void openInferenceIsReadAndItsCostIsAClaimOnly() {
        List<Submission> stored = read("openinference");

        assertThat(stored).hasSize(3);
        assertThat(stored.get(0).getSource()).as("no service.name").isEqualTo("key_1");
        Usage usage = usage(stored.get(0));
        assertThat(usage.getProvider()).isEqualTo("azure");
        assertThat(usage.getRequestModel()).isNull();
        assertThat(quantities(usage))
                .hasToString("{cache_read=1920, input=76, input_audio=10, output=195, output_audio=5, reasoning=100}");
        assertThat(Decimals.fromAvro(Objects.requireNonNull(reading(usage).getCost())))
                .hasToString("0.0003");
        assertThat(usage(stored.get(1)).getModel()).isEqualTo("rerank-v3.5");
        assertThat(reading(usage(stored.get(1))).getQuality()).isEqualTo(ReadingQuality.MISSING);
        assertThat(quantities(stored.get(2))).hasToString("{input=12}");
    }

    @Test
    void theKeysUserAndLabelsAreAddedAndAKeyThatMayNotIngestIsForbidden() {
        byte[] body = Export.sample("traceloop.json").getBytes(UTF_8);
        Sender own = new Sender("acme", "key_1", "user-1", Map.of("team", "chat"), true, false);

        EventParser.Parsed parsed = Export.parse(Encoding.JSON, body, own);
        EventParser.Parsed forbidden =
                Export.parse(Encoding.JSON, body, new Sender("acme", "key_1", null, Map.of(), false, true));

        Verdict first = ((EventParser.Events) parsed).verdicts().get(2);
        Usage usage = usage(((Verdict.Accepted) first).submission());
        assertThat(usage.getUser()).isEqualTo("user-1");
        assertThat(usage.getLabels()).isEqualTo(Map.of("team", "chat", "workflow", "answers"));
        assertThat(((EventParser.Unreadable) forbidden).problem().status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                    | 400",
                "{                                     | 400",
                "{}{}                                  | 400",
                "``                                    | 400",
                "{}                                    | 0",
                "{\"resourceSpans\":[]}                | 0",
                "{\"resource_spans\":[{\"a\":1}]}      | 0",
                "{\"resourceSpans\":[{\"new\":{\"x\":[1]},\"scopeSpans\":[null,{\"spans\":[7,{}]}]}]} | 0",
            })
    void whatIsNoExportIsRefusedAndWhatIsNotKnownIsSteppedOver(String body, int status) {
        EventParser.Parsed parsed = Export.parse(Encoding.JSON, body.getBytes(UTF_8));

        assertThat(parsed instanceof EventParser.Unreadable no ? no.problem().status() : 0)
                .isEqualTo(status);
    }

    @Test
    void whatAParserStumblesOverIsNotQuoted() {
        String broken = Export.sample("vercel.json").replaceFirst("secret words", "\" secret words");
        String deep = "{\"resourceSpans\":" + "[".repeat(100) + "]".repeat(100) + "}";

        EventParser.Unreadable unreadable =
                (EventParser.Unreadable) Export.parse(Encoding.JSON, broken.getBytes(UTF_8));
        EventParser.Unreadable tooDeep = (EventParser.Unreadable) Export.parse(Encoding.JSON, deep.getBytes(UTF_8));

        assertThat(unreadable.problem().detail()).startsWith("no JSON at line").doesNotContain("secret");
        assertThat(tooDeep.problem().code()).isEqualTo("too_deep");
    }

    @Test
    void membersMayComeInAnyOrder() {
        String json =
                """
                {"resourceSpans":[{"scopeSpans":[{"spans":[{
                  "attributes":[{"value":{"intValue":1000},"key":"gen_ai.usage.input_tokens"},
                    {"value":{"intValue":"200"},"key":"gen_ai.usage.cache_read.input_tokens"},
                    {"value":{"doubleValue":50.0},"key":"gen_ai.usage.output_tokens"},
                    {"value":{"stringValue":"chat"},"key":"gen_ai.operation.name"},
                    {"value":{"stringValue":"m"},"key":"gen_ai.request.model"},
                    {"value":{"stringValue":"anthropic"},"key":"gen_ai.system"}],
                  "spanId":"ABCDEF0000000001","traceId":"ABCDEF00000000000000000000000001","endTimeUnixNano":1795252500000000000}],
                  "scope":{"name":"@traceloop/instrumentation-anthropic"}}],
                  "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"last"}}]}}]}""";

        List<Submission> stored = Export.submissions(Encoding.JSON, json.getBytes(UTF_8));

        assertThat(stored.get(0).getSource()).isEqualTo("last");
        assertThat(stored.get(0).getId()).isEqualTo("abcdef00000000000000000000000001-abcdef0000000001");
        assertThat(quantities(stored.get(0))).hasToString("{cache_read=200, input=1000, output=50}");
        assertThat(usage(stored.get(0)).getLatencyMs()).isNull();
    }

    static List<Submission> read(String sample) {
        return Export.submissions(Encoding.JSON, Export.sample(sample + ".json").getBytes(UTF_8));
    }

    private static String answer(Encoding encoding, List<Verdict> verdicts) {
        Answer answer = Export.form(encoding).answer(Report.of(verdicts), "r");
        assertThat(answer.status()).isEqualTo(200);
        return new String(answer.body(), UTF_8);
    }

    static Usage usage(Submission submission) {
        return Objects.requireNonNull(submission.getUsage());
    }

    static VendorReading reading(Usage usage) {
        return Objects.requireNonNull(usage.getVendor());
    }

    private static Map<String, String> quantities(Submission submission) {
        return quantities(usage(submission));
    }

    static Map<String, String> quantities(Usage usage) {
        Map<String, String> quantities = new TreeMap<>();
        usage.getDimensions()
                .forEach(counted -> quantities.put(
                        counted.getDimension(),
                        Decimals.fromAvro(counted.getQuantity()).toString()));
        return quantities;
    }
}
