package io.tollgate.bench.loop;

import io.tollgate.gateway.format.BodyReader;
import io.tollgate.gateway.format.Formats;
import io.tollgate.gateway.format.Reading;
import io.tollgate.gateway.format.Said;
import io.tollgate.gateway.format.UsageFormat;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A vendor's body from its bytes to disjoint quantities. The answer in it, which is stepped over, is 800 characters. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ReadingLoop {
    private static final String OPENAI =
            """
            {"id":"chatcmpl-BQ1","object":"chat.completion","created":1760000000,"model":"gpt-4o-2024-08-06",
             "choices":[{"index":0,"message":{"role":"assistant","content":"%s","refusal":null},
               "logprobs":null,"finish_reason":"stop"}],
             "usage":{"prompt_tokens":2006,"completion_tokens":300,"total_tokens":2306,
               "prompt_tokens_details":{"cached_tokens":1920,"audio_tokens":0},
               "completion_tokens_details":{"reasoning_tokens":128,"audio_tokens":0,
                 "accepted_prediction_tokens":0,"rejected_prediction_tokens":0}},
             "service_tier":"default","system_fingerprint":"fp_1"}"""
                    .formatted("answer. ".repeat(100));

    private static final String ANTHROPIC =
            """
            {"id":"msg_01","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929",
             "content":[{"type":"text","text":"%s"}],"stop_reason":"end_turn","stop_sequence":null,
             "usage":{"input_tokens":6,"cache_creation_input_tokens":574,"cache_read_input_tokens":20443,
               "cache_creation":{"ephemeral_5m_input_tokens":574,"ephemeral_1h_input_tokens":0},
               "output_tokens":489,"service_tier":"standard"}}"""
                    .formatted("answer. ".repeat(100));

    private final JsonFactory factory = new JsonFactory();
    private final Body openAi = new Body("openai.chat", "openai", OPENAI);
    private final Body anthropic = new Body("anthropic.messages", "anthropic", ANTHROPIC);

    @Benchmark
    public Reading openAiChat() {
        return read(openAi);
    }

    @Benchmark
    public Reading anthropicMessages() {
        return read(anthropic);
    }

    private Reading read(Body body) {
        try (JsonParser json = factory.createParser(ObjectReadContext.empty(), body.bytes)) {
            json.nextToken();
            return body.format.read(BodyReader.read(json, body.format), body.said);
        }
    }

    private static final class Body {
        private final UsageFormat format;
        private final Said said;
        private final byte[] bytes;

        Body(String format, String provider, String json) {
            this.format = Objects.requireNonNull(Formats.named(format));
            this.said = new Said(provider, null);
            this.bytes = json.getBytes(StandardCharsets.UTF_8);
        }
    }
}
