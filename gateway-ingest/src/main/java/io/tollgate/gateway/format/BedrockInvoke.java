package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What models without a cache answer to Bedrock's InvokeModel: two counts with a model maker's own names. Chunks of a
 * stream repeat them, growing, or leave them out: the last of each is the whole.
 */
final class BedrockInvoke implements UsageFormat {
    private final String name;
    private final String input;
    private final String output;
    private final String end;
    private final Shape shape;
    private final String sample;

    private BedrockInvoke(String name, String input, String output, String end, String sample) {
        this.name = name;
        this.input = input;
        this.output = output;
        this.end = end;
        this.shape = Shape.of(input, output, end).with("results", Shape.of("tokenCount"));
        this.sample = sample;
    }

    /** An embedding has no output; a text has its tokens with each result, a stream of one in a total. */
    static BedrockInvoke titan() {
        return new BedrockInvoke(
                "bedrock.invoke.titan",
                "inputTextTokenCount",
                "totalOutputTextTokenCount",
                "completionReason",
                "{\"embedding\":[0.1],\"inputTextTokenCount\":1234}");
    }

    static BedrockInvoke llama() {
        return new BedrockInvoke(
                "bedrock.invoke.llama",
                "prompt_token_count",
                "generation_token_count",
                "stop_reason",
                "{\"generation\":\"…\",\"prompt_token_count\":25,\"generation_token_count\":100,\"stop_reason\":\"stop\"}");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public Reading read(List<JsonNode> chunks, Said said) {
        Tally tally = new Tally();
        Decimal prompt = null;
        Decimal answer = null;
        boolean hasEnded = chunks.size() < 2;
        for (JsonNode chunk : chunks) {
            Decimal in = tally.count(chunk, input);
            Decimal out = Counts.has(chunk, output) ? tally.count(chunk, output) : results(chunk, tally);
            prompt = in == null ? prompt : in;
            answer = out == null ? answer : out;
            hasEnded |= Counts.has(chunk, end);
        }
        if (prompt == null && answer == null) {
            return tally.missing("there is neither " + input + " nor " + output);
        }
        if (!hasEnded) {
            tally.partial("no chunk of the stream has a " + end + ": it may have gone on");
        }
        tally.add("input", prompt == null ? Decimal.ZERO : prompt);
        return answer == null ? tally.reading() : tally.add("output", answer).reading();
    }

    private static @Nullable Decimal results(JsonNode chunk, Tally tally) {
        Decimal sum = null;
        for (JsonNode result : Counts.at(chunk, "results")) {
            Decimal tokens = tally.count(result, "tokenCount");
            if (tokens != null) {
                sum = sum == null ? tokens : sum.plus(tokens);
            }
        }
        return sum;
    }

    @Override
    public String sample() {
        return sample;
    }
}
