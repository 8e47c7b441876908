package io.tollgate.gateway.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tollgate.avro.Submission;
import io.tollgate.gateway.http.Answer;
import io.tollgate.gateway.ingest.EventParser;
import io.tollgate.gateway.ingest.Report;
import io.tollgate.gateway.ingest.Verdict;
import io.tollgate.schemas.decimal.Decimals;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever comes, it is read or refused with a 400, what is taken could be stored, and the answer can be written. */
class TraceFuzzTest {
    private static final int ROUNDS = 5_000;
    private static final List<String> SAMPLES =
            List.of("conventions", "agents", "vercel", "vercel-ai-6", "traceloop", "openinference");
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
            "-1",
            "1e999",
            "\"-5\"",
            "\"NaN\"",
            "0.5",
            "\"\"",
            "99999999999999999999999999999999999999999",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "{\"stringValue\":{}}",
            "{\"arrayValue\":{}}",
            "\"gen_ai.usage.input_tokens\"",
            "\"ai.response.providerMetadata\"");

    @Test
    void changedJsonIsReadOrRefused() {
        Random random = seeded("changedJson");
        List<String> samples =
                SAMPLES.stream().map(name -> Export.sample(name + ".json")).toList();
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder text = new StringBuilder(samples.get(random.nextInt(samples.size())));
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(text.length());
                String piece = PIECES.get(random.nextInt(PIECES.size()));
                switch (random.nextInt(4)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, piece);
                    case 2 -> replaceValue(text, at, piece);
                    default -> text.setCharAt(at, (char) random.nextInt(0x300));
                }
            }
            check(Encoding.JSON, text.toString().getBytes(UTF_8));
        }
    }

    /** A value in place of another, so that the JSON stays whole. */
    private static void replaceValue(StringBuilder text, int near, String piece) {
        int from = text.indexOf("Value\": ", near);
        int to = from < 0 ? -1 : text.indexOf("\n", from);
        if (to > 0) {
            text.replace(from + 8, to, piece);
        }
    }

    @Test
    void changedProtobufIsReadOrRefused() {
        Random random = seeded("changedProtobuf");
        List<byte[]> samples = SAMPLES.stream()
                .map(name -> Export.protobuf(Export.sample(name + ".json")))
                .toList();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] body = samples.get(random.nextInt(samples.size())).clone();
            for (int change = random.nextInt(6); change >= 0; change--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt();
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(body.length) : body.length;
            check(Encoding.PROTOBUF, Arrays.copyOf(body, length));
        }
    }

    @Test
    void arbitraryBytesAreReadOrRefused() {
        Random random = seeded("arbitraryBytes");
        for (int round = 0; round < 4 * ROUNDS; round++) {
            byte[] body = new byte[random.nextInt(100)];
            random.nextBytes(body);
            if (body.length > 1) {
                body[0] = (byte) (random.nextBoolean() ? 10 : '{');
                body[1] = (byte) (random.nextBoolean() ? body.length - 2 : body[1]);
            }
            check(Encoding.PROTOBUF, body);
            check(Encoding.JSON, body);
        }
    }

    @Test
    void moreSpansThanCanBeRealAreRefusedBeforeTheyAreKept() {
        EventParser.Parsed parsed = Export.parse(Encoding.PROTOBUF, calls(50_000));

        assertThat(parsed).isInstanceOf(EventParser.Unreadable.class);
        assertThat(((EventParser.Unreadable) parsed).problem().code()).isEqualTo("too_many_spans");
        assertThat(Export.verdicts(Encoding.PROTOBUF, calls(1_000))).hasSize(1_000);
    }

    /** As little of a model call as still is one. */
    private static byte[] calls(int count) {
        Span call = Span.newBuilder()
                .addAttributes(KeyValue.newBuilder()
                        .setKey("gen_ai.operation.name")
                        .setValue(AnyValue.newBuilder().setStringValue("chat")))
                .build();
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        for (int i = 0; i < count; i++) {
            scope.addSpans(call);
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
                .build()
                .toByteArray();
    }

    private static Random seeded(String test) {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("TraceFuzzTest." + test + " seed " + seed);
        return new Random(seed);
    }

    private static void check(Encoding encoding, byte[] body) {
        EventParser.Parsed parsed = Export.parse(encoding, body);
        if (parsed instanceof EventParser.Unreadable unreadable) {
            assertThat(unreadable.problem().status()).isBetween(400, 499);
            assertThat(encoding.refused(unreadable.problem(), "r").body()).isNotEmpty();
            return;
        }
        List<Verdict> verdicts = ((EventParser.Events) parsed).verdicts();
        Answer answer = Export.form(encoding).answer(Report.of(verdicts), "r");
        assertThat(answer.status()).isEqualTo(200);
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Verdict.Accepted accepted) {
                check(accepted.submission());
            }
        }
    }

    private static void check(Submission submission) {
        assertThat(submission.getFingerprint()).isNotZero();
        assertThat(submission.getId()).matches("[0-9a-f]{32}-[0-9a-f]{16}");
        TraceFormTest.usage(submission).getDimensions().forEach(counted -> assertThat(
                        Decimals.fromAvro(counted.getQuantity()).signum())
                .isNotNegative());
    }
}
