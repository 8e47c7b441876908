package io.tollgate.gateway.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.avro.ReadingQuality;
import io.tollgate.avro.Usage;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A vendor's body as it came, headers and all. */
class VendorFormTest {
    private static final String FINISHED = "{\"choices\":[{\"finish_reason\":\"stop\"}],\"usage\":null}";
    private static final String USED =
            "{\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3,\"total_tokens\":12}}";

    private final EventParser parser = new EventParser(1000, 64);

    @ParameterizedTest
    @ValueSource(
            strings = {
                ": keep-alive\n\ndata: %s\n\n: ping\n\ndata: %s\n\ndata: [DONE]\n\n",
                "data:%s\r\n\r\ndata:%s\r\n\r\ndata:[DONE]\r\n\r\n",
                "event: chunk\nid: 1\nretry: 5\ndata: %s\n\nevent: chunk\ndata: %s",
                "data: %s\ndata: %s\ndata: [DONE]\n",
            })
    void anEventStreamIsReadHoweverItsServerWritesIt(String stream) {
        Usage usage = read("openai.chat.stream", stream.formatted(FINISHED, USED));
        assertThat(Objects.requireNonNull(usage.getVendor()).getQuality()).isEqualTo(ReadingQuality.COMPLETE);
        assertThat(EventParserTest.quantities(usage)).isEqualTo(Map.of("input", "9", "output", "3"));
    }

    @Test
    void anEventMayHaveSeveralLinesOfData() {
        String lines = USED.replace(",\"usage\"", ",\ndata: \"usage\"");
        Usage usage = read("openai.chat.stream", "data: " + FINISHED + "\n\ndata: " + lines + "\n\n");
        assertThat(EventParserTest.quantities(usage)).containsEntry("input", "9");
    }

    @Test
    void anEventThatWasCutOffLeavesThoseBeforeIt() {
        String grows = "data: {\"choices\":[{}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":%d}}\n\n";
        String stream = grows.formatted(1) + grows.formatted(2);
        Usage usage = read("openai.chat.stream", stream.substring(0, stream.length() - 20));
        assertThat(Objects.requireNonNull(usage.getVendor()).getQuality()).isEqualTo(ReadingQuality.PARTIAL);
        assertThat(EventParserTest.quantities(usage)).isEqualTo(Map.of("input", "9", "output", "1"));
    }

    @Test
    void aFormatWithoutANameForItsStreamTakesTheStreamItself() {
        Usage speech = read(
                "openai.speech",
                """
                data: {"type":"speech.audio.delta","audio":"AAAA"}

                data: {"type":"speech.audio.done","usage":{"input_tokens":14,"output_tokens":101,"total_tokens":115}}

                """);
        assertThat(EventParserTest.quantities(speech)).isEqualTo(Map.of("input", "14", "output_audio", "101"));
        Usage mistral = read("mistral.chat", "data: " + FINISHED + "\n\ndata: " + USED + "\n\n");
        assertThat(EventParserTest.quantities(mistral)).isEqualTo(Map.of("input", "9", "output", "3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai.chat", "gemini.generateContent", "cohere.v2.chat", "bedrock.converse"})
    void aFormatWithANameForItsStreamSaysIt(String format) {
        Form.Result result = VendorForm.of(VendorForm.PATH + format, headers());
        assertThat(((Form.Refused) result).problem().detail()).containsIgnoringCase("stream has a format of its own, ");
    }

    @Test
    void aByteOrderMarkIsNoPartOfAStream() {
        Usage usage = read("openai.chat.stream", "\uFEFFdata: " + FINISHED + "\n\ndata: " + USED + "\n\n");
        assertThat(EventParserTest.quantities(usage)).containsEntry("input", "9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai.chat", "anthropic.messages", "openai.embeddings", "cohere.v2.rerank"})
    void severalBodiesAreNotTakenForOne(String format) {
        HttpHeaders json = headers().set("content-type", "application/json");
        VendorForm form = (VendorForm) ((Form.Taken) VendorForm.of(VendorForm.PATH + format, json)).form();
        byte[] bodies = "[{\"usage\":{}},{\"usage\":{}}]".getBytes(UTF_8);
        EventParser.Parsed parsed =
                parser.parseVendor(bodies, bodies.length, form, EventParserTest.SENDER, EventParserTest.NOW_MICROS);
        assertThat(((EventParser.Unreadable) parsed).problem().detail()).contains("array", format + " is one body");
    }

    private Usage read(String format, String stream) {
        VendorForm form = (VendorForm) ((Form.Taken) VendorForm.of(VendorForm.PATH + format, headers())).form();
        byte[] body = stream.getBytes(UTF_8);
        EventParser.Parsed parsed =
                parser.parseVendor(body, body.length, form, EventParserTest.SENDER, EventParserTest.NOW_MICROS);
        Verdict verdict = ((EventParser.Events) parsed).verdicts().get(0);
        return ((Verdict.Accepted) verdict).submission().getUsage();
    }

    private static HttpHeaders headers() {
        return new DefaultHttpHeaders()
                .set("content-type", "text/event-stream")
                .set("idempotency-key", "call-1")
                .set("x-model", "a-model");
    }
}
