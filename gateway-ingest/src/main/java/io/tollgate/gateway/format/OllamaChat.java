package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Ollama's chat and generate: the counts are in the object whose {@code done} is true, streamed or not. A prompt that was
 * cached has no count.
 */
final class OllamaChat implements UsageFormat {
    private static final Shape SHAPE = Shape.of("model", "done", "prompt_eval_count", "eval_count");

    @Override
    public String name() {
        return "ollama.chat";
    }

    @Override
    public Shape shape() {
        return SHAPE;
    }

    @Override
    public Reading read(List<JsonNode> chunks, Said said) {
        Tally tally = new Tally();
        JsonNode counted = null;
        for (JsonNode chunk : chunks) {
            Identity.note(chunk, tally);
            if (Counts.has(chunk, "eval_count") || Counts.has(chunk, "prompt_eval_count")) {
                counted = chunk;
            }
        }
        if (counted == null) {
            return tally.missing("there is neither prompt_eval_count nor eval_count");
        }
        JsonNode done = Counts.at(counted, "done");
        if (done.isBoolean() && !done.booleanValue()) {
            tally.partial("done is false");
        }
        Decimal input = tally.countOrZero(counted, "prompt_eval_count");
        Decimal output = tally.countOrZero(counted, "eval_count");
        return tally.add("input", input).add("output", output).reading();
    }

    @Override
    public String sample() {
        return """
                {"model":"llama3.1","done":true,"done_reason":"stop","total_duration":4883583458,
                 "prompt_eval_count":26,"eval_count":282}""";
    }
}
