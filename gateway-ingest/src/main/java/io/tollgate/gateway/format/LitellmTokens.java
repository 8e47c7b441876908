package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tokens as LiteLLM counts them: OpenAI's words for every vendor. Of Anthropic's models it adds what was read from the
 * cache and what was written to it to {@code prompt_tokens}, keeps both beside it, and makes up the reasoning tokens by
 * a tokenizer of its own; older versions left cache writes of Bedrock outside. Of Gemini's it adds thoughts to
 * {@code completion_tokens}.
 */
final class LitellmTokens {
    private static final String DETAILS = "prompt_tokens_details";

    private LitellmTokens() {}

    static Reading read(JsonNode usage, Said said, Tally tally) {
        boolean isAnthropic = isAnthropic(usage, said);
        if (Counts.has(usage, "input_tokens") && !Counts.has(usage, "prompt_tokens")) {
            // A vendor's own words that went through unchanged.
            return isAnthropic
                    ? new AnthropicMessages("litellm", false).read(List.of(body(usage)), said)
                    : OpenAiTokens.RESPONSES.read(usage, said, tally);
        }
        if (said.provider().equals("perplexity")) {
            return new PerplexityChat().read(List.of(body(usage)), said);
        }
        if (isAnthropic) {
            return anthropic(usage, tally);
        }
        if (OpenAiTokens.isGoogle(said)) {
            Decimal searches = tally.count(usage, DETAILS, "web_search_requests");
            GeminiGrounding.add(tally, searches, said.model());
        }
        return OpenAiTokens.CHAT.read(withOpenAisWords(usage), said, tally);
    }

    private static ObjectNode body(JsonNode usage) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("usage", usage);
        return body;
    }

    /** Bedrock's other models report their cache as Anthropic's do; OpenRouter speaks OpenAI's dialect for all of them. */
    private static boolean isAnthropic(JsonNode usage, Said said) {
        if (said.provider().equals("openrouter")) {
            return false;
        }
        String model = said.model() == null ? "" : said.model().toLowerCase(Locale.ROOT);
        return said.provider().equals("anthropic")
                || said.provider().equals("bedrock")
                || model.contains("claude")
                || Counts.has(usage, DETAILS, "cache_creation_token_details");
    }

    private static Reading anthropic(JsonNode usage, Tally tally) {
        Decimal prompt = tally.count(usage, "prompt_tokens");
        Decimal completion = tally.count(usage, "completion_tokens");
        if (prompt == null && completion == null) {
            return tally.missing("usage has neither prompt_tokens nor completion_tokens");
        }
        Decimal in = prompt == null ? Decimal.ZERO : prompt;
        Decimal out = completion == null ? Decimal.ZERO : completion;
        JsonNode details = Counts.at(usage, DETAILS);
        Decimal read = tally.same(
                "cached tokens",
                tally.countOrZero(usage, "cache_read_input_tokens"),
                tally.countOrZero(details, "cached_tokens"));
        Decimal written = tally.same(
                "cache writes",
                tally.countOrZero(usage, "cache_creation_input_tokens"),
                tally.countOrZero(details, "cache_creation_tokens"),
                tally.countOrZero(details, "cache_write_tokens"));
        tally.add("input", uncached(usage, in, out, read, written, tally))
                .add("output", out)
                .addIfAny("cache_read", read);
        JsonNode split = Counts.at(details, "cache_creation_token_details");
        Decimal fiveMinutes = tally.countOrZero(split, "ephemeral_5m_input_tokens");
        Decimal oneHour = tally.countOrZero(split, "ephemeral_1h_input_tokens");
        if (fiveMinutes.isZero() && oneHour.isZero()) {
            CacheWrites.add(tally, written);
        } else {
            CacheWrites.add(tally, written, fiveMinutes, oneHour);
        }
        String geo = Counts.text(usage, "inference_geo");
        return tally.addIfAny("web_search_call", searches(usage, tally))
                .serviceTier(Counts.text(usage, "service_tier"))
                .region("us".equals(geo) ? geo : null)
                .speed("fast".equals(Counts.text(usage, "speed")) ? "fast" : null)
                .reading();
    }

    /** The total tells which of the cache's counts are in the prompt, should the prompt not be what it is nowadays. */
    private static Decimal uncached(
            JsonNode usage, Decimal prompt, Decimal completion, Decimal read, Decimal written, Tally tally) {
        Decimal total = tally.count(usage, "total_tokens");
        Decimal sum = prompt.plus(completion);
        Decimal outside = total == null ? Decimal.ZERO : total.plus(sum.negated());
        Decimal cached = read.plus(written);
        if (outside.isZero() && cached.compareTo(prompt) > 0) {
            tally.settled("prompt_tokens " + prompt + " is less than the cached " + cached + ": it has none of them");
            return prompt;
        }
        if (!outside.isZero() && !outside.equals(written) && !outside.equals(read) && !outside.equals(cached)) {
            tally.inconsistent("total_tokens is " + total + ", prompt_tokens and completion_tokens are " + sum);
        }
        return tally.rest("prompt_tokens", prompt.plus(outside), cached);
    }

    private static @Nullable Decimal searches(JsonNode usage, Tally tally) {
        Decimal tools = tally.count(usage, "server_tool_use", "web_search_requests");
        return tools == null ? tally.count(usage, DETAILS, "web_search_requests") : tools;
    }

    /** The cache's counts that are beside the prompt alone, under the names that OpenAI's dialect has for them. */
    private static JsonNode withOpenAisWords(JsonNode usage) {
        JsonNode details = Counts.at(usage, DETAILS);
        boolean hasRead = Counts.has(details, "cached_tokens") || !Counts.has(usage, "cache_read_input_tokens");
        boolean hasWritten =
                Counts.has(details, "cache_write_tokens") || !Counts.has(usage, "cache_creation_input_tokens");
        if ((hasRead && hasWritten) || !(usage instanceof ObjectNode object)) {
            return usage;
        }
        ObjectNode wider = object.deepCopy();
        ObjectNode all = details instanceof ObjectNode known ? known.deepCopy() : JsonNodeFactory.instance.objectNode();
        if (!hasRead) {
            all.set("cached_tokens", usage.get("cache_read_input_tokens"));
        }
        if (!hasWritten) {
            all.set("cache_write_tokens", usage.get("cache_creation_input_tokens"));
        }
        wider.set(DETAILS, all);
        return wider;
    }
}
