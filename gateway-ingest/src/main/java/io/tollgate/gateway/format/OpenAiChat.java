package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * OpenAI's chat completions and what speaks their dialect: Azure, DeepSeek, Groq, Mistral, OpenRouter, xAI, vLLM, Gemini's
 * compatible endpoint. {@code prompt_tokens} includes cached, cache-written, audio and image tokens; {@code
 * completion_tokens} includes reasoning, audio and predictions, with two exceptions that {@code total_tokens} gives away.
 */
final class OpenAiChat implements UsageFormat {
    private static final Shape SHAPE = Shape.of("id", "model", "service_tier", "usage");
    /** Vendors whose compatible endpoint leaves thoughts out of the completion, and may leave their number out, too. */
    private static final Set<String> HIDE_THOUGHTS = Set.of("gemini", "google", "vertex_ai", "vertex");

    private final String name;
    private final boolean stream;

    OpenAiChat(String name, boolean stream) {
        this.name = name;
        this.stream = stream;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Shape shape() {
        return SHAPE;
    }

    @Override
    public boolean isStream() {
        return stream;
    }

    @Override
    public Reading read(List<JsonNode> chunks, Said said) {
        Tally tally = new Tally();
        JsonNode usage = null;
        for (JsonNode chunk : chunks) {
            // Azure's first chunk has an empty id and model; the last usage is the whole one, also where every chunk
            // has one.
            identify(tally, chunk);
            if (Counts.at(chunk, "usage").isObject()) {
                usage = chunk.get("usage");
            }
        }
        return usage == null ? tally.missing("no chunk or body has a usage") : read(usage, said, tally);
    }

    private static void identify(Tally tally, JsonNode chunk) {
        String model = Counts.text(chunk, "model");
        if (model != null) {
            tally.model(model);
        }
        String id = Counts.text(chunk, "id");
        if (id != null) {
            tally.requestId(id);
        }
        String tier = Counts.text(chunk, "service_tier");
        if (tier != null) {
            tally.serviceTier(tier);
        }
    }

    private static Reading read(JsonNode usage, Said said, Tally tally) {
        Decimal prompt = tally.count(usage, "prompt_tokens");
        Decimal completion = tally.count(usage, "completion_tokens");
        if (prompt == null && completion == null) {
            return tally.missing("usage has neither prompt_tokens nor completion_tokens");
        }
        input(usage, prompt == null ? Decimal.ZERO : prompt, tally);
        output(usage, prompt, completion == null ? Decimal.ZERO : completion, said, tally);
        return tally.vendorCost(Counts.number(usage, "cost")).reading();
    }

    private static void input(JsonNode usage, Decimal prompt, Tally tally) {
        JsonNode details = Counts.at(usage, "prompt_tokens_details");
        Decimal read = firstOf(
                tally.count(details, "cached_tokens"),
                tally.count(usage, "prompt_cache_hit_tokens"),
                tally.count(usage, "num_cached_tokens"));
        Decimal written = tally.countOrZero(details, "cache_write_tokens");
        Decimal audio = tally.countOrZero(details, "audio_tokens");
        Decimal image = tally.countOrZero(details, "image_tokens");
        tally.add("input", tally.rest("prompt_tokens", prompt, read, written, audio, image))
                .addIfAny("cache_read", read)
                .addIfAny("cache_write", written)
                .addIfAny("input_audio", audio)
                .addIfAny("input_image", image);
    }

    private static void output(JsonNode usage, @Nullable Decimal prompt, Decimal completion, Said said, Tally tally) {
        JsonNode details = Counts.at(usage, "completion_tokens_details");
        Decimal reasoning = tally.countOrZero(details, "reasoning_tokens");
        Decimal audio = tally.countOrZero(details, "audio_tokens");
        Decimal counted = prompt == null ? completion : prompt.plus(completion);
        Decimal total = tally.count(usage, "total_tokens");
        boolean isOutside = false;
        if (total != null && !total.equals(counted)) {
            isOutside = total.equals(counted.plus(reasoning));
            if (reasoning.isZero() && total.compareTo(counted) > 0 && HIDE_THOUGHTS.contains(said.provider())) {
                reasoning = total.plus(counted.negated());
                isOutside = true;
            }
            if (!isOutside) {
                tally.inconsistent("total_tokens is " + total + ", prompt and completion are " + counted);
            }
        }
        Decimal inside = isOutside ? Decimal.ZERO : reasoning;
        tally.add("output", tally.rest("completion_tokens", completion, inside, audio))
                .addIfAny("reasoning", reasoning)
                .addIfAny("output_audio", audio);
    }

    private static Decimal firstOf(@Nullable Decimal... counts) {
        for (Decimal count : counts) {
            if (count != null) {
                return count;
            }
        }
        return Decimal.ZERO;
    }

    @Override
    public String sample() {
        return stream
                ? """
                [{"id":"chatcmpl-1","model":"gpt-4o-2024-08-06","choices":[{"index":0,"delta":{}}],"usage":null},
                 {"id":"chatcmpl-1","model":"gpt-4o-2024-08-06","choices":[],
                  "usage":{"prompt_tokens":2006,"completion_tokens":300,"total_tokens":2306}}]"""
                : """
                {"id":"chatcmpl-1","model":"gpt-4o-2024-08-06","service_tier":"default",
                 "usage":{"prompt_tokens":2006,"completion_tokens":300,"total_tokens":2306,
                  "prompt_tokens_details":{"cached_tokens":1920}}}""";
    }
}
