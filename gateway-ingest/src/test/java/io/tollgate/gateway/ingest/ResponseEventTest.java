package io.tollgate.gateway.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.ReadingQuality;
import io.tollgate.avro.Usage;
import io.tollgate.schemas.decimal.Decimals;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseEventTest {
    private static final long NOW = 1_790_000_000_000_000L;
    private static final String BODY =
            """
            {"id":"chatcmpl-7","model":"gpt-4o-2024-08-06","service_tier":"flex","choices":[{"message":{"content":"secret words"}}],
             "usage":{"prompt_tokens":2006,"completion_tokens":300,"total_tokens":2306,"prompt_tokens_details":{"cached_tokens":1920}}}""";

    private static final EventParser PARSER = new EventParser(1000, 64);

    /** Members come in any order, and attributes, too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ATTRIBUTES,\"data\":{\"format\":\"openai.chat\",\"response\":BODY}}",
                "{ATTRIBUTES,\"data\":{\"response\":BODY,\"format\":\"openai.chat\"}}",
                "{\"data\":{\"response\":BODY,\"format\":\"openai.chat\"},ATTRIBUTES}"
            })
    void aVendorsBodyIsReadAsItCame(String form) {
        Usage usage = accepted(form.replace("BODY", BODY));

        assertThat(usage.getProvider()).isEqualTo("openai");
        assertThat(usage.getModel()).isEqualTo("gpt-4o-2024-08-06");
        assertThat(usage.getRequestId()).isEqualTo("chatcmpl-7");
        assertThat(usage.getServiceTier()).isEqualTo("flex");
        assertThat(quantities(usage)).isEqualTo(Map.of("input", "86", "cache_read", "1920", "output", "300"));
        assertThat(usage.getVendor().getFormat()).isEqualTo("openai.chat");
        assertThat(usage.getVendor().getQuality()).isEqualTo(ReadingQuality.COMPLETE);
        assertThat(usage.getVendor().getUsage())
                .contains("\"prompt_tokens\":2006")
                .doesNotContain("secret");
    }

    @Test
    void whatTheDataSaysWinsOverTheBody() {
        Usage usage = accepted(data("\"provider\":\"azure\",\"model\":\"my-deployment\",\"service_tier\":\"default\","
                + "\"region\":\"eu\",\"request_id\":\"mine\",\"format\":\"openai.chat\",\"response\":" + BODY));

        assertThat(usage.getProvider()).isEqualTo("azure");
        assertThat(usage.getModel()).isEqualTo("my-deployment");
        assertThat(usage.getServiceTier()).isNull();
        assertThat(usage.getRegion()).isEqualTo("eu");
        assertThat(usage.getRequestId()).isEqualTo("mine");
    }

    @Test
    void aStreamIsAnArrayOfItsChunks() {
        Usage usage = accepted(data("\"format\":\"openai.chat.stream\",\"chunks\":[{\"model\":\"m\",\"usage\":null},"
                + "{\"model\":\"m\",\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":7,\"total_tokens\":12}}]"));

        assertThat(quantities(usage)).isEqualTo(Map.of("input", "5", "output", "7"));
    }

    @Test
    void usageThatABodyDoesNotCarryIsNoRejection() {
        Usage usage = accepted(data("\"format\":\"openai.chat\",\"response\":{\"model\":\"m\"}"));

        assertThat(usage.getDimensions()).isEmpty();
        assertThat(usage.getVendor().getQuality()).isEqualTo(ReadingQuality.MISSING);
    }

    @Test
    void countsThatContradictEachOtherAreTakenAndFlagged() {
        Usage usage = accepted(data("\"format\":\"openai.chat\",\"response\":{\"model\":\"m\","
                + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":9}}"));

        assertThat(usage.getDimensions()).isEmpty();
        assertThat(usage.getVendor().getQuality()).isEqualTo(ReadingQuality.INCONSISTENT);
        assertThat(usage.getVendor().getRemark()).contains("total_tokens is 9");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"response\":{}                                             | unknown_format  | /data/format",
                "\"format\":\"openai.chatt\",\"response\":{}                 | unknown_format  | /data/format",
                "\"format\":\"openai.chat\"                                  | invalid_event   | /data/response",
                "\"format\":\"openai.chat\",\"response\":5                   | invalid_event   | /data/response",
                "\"format\":\"openai.chat\",\"response\":{},\"chunks\":[]    | invalid_event   | /data/chunks",
                "\"format\":\"openai.chat\",\"response\":{},\"format\":\"x\" | invalid_event   | /data/format",
                "\"format\":\"openai.chat\",\"response\":{}                  | missing_model   | /data/model",
            })
    void whatIsWrongIsNamedAndPointedTo(String members, String code, String pointer) {
        Verdict verdict = read(data(members));

        assertThat(verdict).isInstanceOfSatisfying(Verdict.Rejected.class, rejected -> {
            assertThat(rejected.rejection().code().word()).isEqualTo(code);
            assertThat(rejected.rejection().pointer()).isEqualTo("/1" + pointer);
        });
    }

    private static String data(String members) {
        return "{ATTRIBUTES,\"data\":{" + members + "}}";
    }

    private static Usage accepted(String event) {
        Verdict verdict = read(event);
        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        return Objects.requireNonNull(((Verdict.Accepted) verdict).submission().getUsage());
    }

    /** In a batch, behind another event: places in the body are not places in the event. */
    private static Verdict read(String event) {
        String attributes = "\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"tollgate.response.v1\"";
        String body = "[{\"id\":\"é\"}, " + event.replace("ATTRIBUTES", attributes) + "]";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Sender sender = new Sender("acme", "key_1", null, Map.of(), true, true);
        EventParser.Parsed parsed = PARSER.parse(bytes, bytes.length, EventFormat.BATCH, sender, NOW);
        assertThat(parsed).isInstanceOf(EventParser.Events.class);
        return ((EventParser.Events) parsed).verdicts().get(1);
    }

    private static Map<String, String> quantities(Usage usage) {
        Map<String, String> quantities = new TreeMap<>();
        for (DimensionQuantity counted : usage.getDimensions()) {
            quantities.put(
                    counted.getDimension(),
                    Decimals.fromAvro(counted.getQuantity()).toString());
        }
        return quantities;
    }
}
