package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What LiteLLM logs of a call, its {@code StandardLoggingPayload}: the counts of {@code metadata.usage_object}, or what
 * the response itself tells of images, seconds, pages and searches. LiteLLM writes zeros where the vendor sent no usage,
 * so counts that are all zero are none. What it says that the call cost is kept beside our own figure.
 */
public final class LitellmLog implements UsageFormat {
    public static final LitellmLog FORMAT = new LitellmLog();

    private static final Shape RESPONSE = Shape.of(
                    "model", "service_tier", "usage", "usage_info", "duration", "seconds", "size", "quality", "status")
            .with("meta", Shape.of("billed_units"))
            .with("data", Shape.of())
            .with("output", ToolCalls.ITEM)
            .with("tools", ToolCalls.TOOL);
    private static final Shape SHAPE = LitellmCall.SHAPE
            .with("metadata", LitellmCall.METADATA.with("usage_object", Shape.ALL))
            .with("response", RESPONSE);
    private static final List<String> COUNTS =
            List.of("prompt_tokens", "completion_tokens", "total_tokens", "input_tokens", "output_tokens", "seconds");

    /** The words of a chat's usage, and those of an image's. */
    private static final String[][] IMAGE_WORDS = {
        {"prompt_tokens", "input_tokens"},
        {"completion_tokens", "output_tokens"},
        {"total_tokens", "total_tokens"},
        {"prompt_tokens_details", "input_tokens_details"},
        {"completion_tokens_details", "output_tokens_details"}
    };

    private LitellmLog() {}

    @Override
    public String name() {
        return "litellm";
    }

    @Override
    public @Nullable String provider() {
        return null;
    }

    @Override
    public Shape shape() {
        return SHAPE;
    }

    @Override
    public Reading read(List<JsonNode> chunks, Said said) {
        JsonNode log = Last.of(chunks);
        String model = LitellmCall.Models.of(log).answered();
        JsonNode response = Counts.at(log, "response");
        Said known = new Said(said.provider(), said.model() == null ? model : said.model());
        Reading read = read(log, response, LitellmCall.operation(log), known);
        String tier = ServiceTiers.of(Counts.text(response, "service_tier"));
        Tally cost = new Tally().vendorCost(Counts.number(log, "response_cost"));
        return new Reading(
                read.quality(),
                read.quantities(),
                read.remark(),
                model,
                Counts.text(log, "id"),
                read.serviceTier() == null ? tier : read.serviceTier(),
                read.region(),
                read.variant(),
                read.speed(),
                cost.reading().vendorCost());
    }

    private static Reading read(JsonNode log, JsonNode response, @Nullable String operation, Said said) {
        JsonNode usage = usage(log, response);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.setAll(LitellmCall.members(response, List.of("data", "duration", "meta", "quality", "seconds", "size")));
        body.setAll(LitellmCall.members(response, List.of("status", "usage_info")));
        return switch (operation == null ? "" : operation) {
            case "embeddings" ->
                usage.isObject()
                        ? new OpenAiEmbeddings("litellm").read(List.of(body.set("usage", usage)), said)
                        : new Tally().missing("the log has no counts");
            case "images" -> images(body, log, response, usage, said);
            case "transcription" -> transcription(body, response, usage, said);
            case "rerank" -> named("cohere.v2.rerank").read(List.of(body), said);
            case "ocr" -> named("mistral.ocr").read(List.of(body), said);
            case "video" -> named("openai.videos").read(List.of(body), said);
            default -> tokens(response, usage, said);
        };
    }

    private static Reading tokens(JsonNode response, JsonNode usage, Said said) {
        Tally tally = new Tally();
        if (!usage.isObject()) {
            return tally.missing("LiteLLM writes 0 where an answer has no usage, and there is nothing but zeros");
        }
        ToolCalls.add(Counts.at(response, "output"), Counts.at(response, "tools"), tally);
        return LitellmTokens.read(usage, said, tally);
    }

    private static Reading images(ObjectNode body, JsonNode log, JsonNode response, JsonNode usage, Said said) {
        JsonNode own = Counts.at(response, "usage");
        if (isCounted(own) || usage.isObject()) {
            body.set("usage", isCounted(own) ? own : inWordsOfImages(usage));
        } else if (!body.has("data")) {
            // Where LiteLLM keeps the answer to itself it still tells the number of its pictures.
            Tally tally = new Tally();
            Decimal images = tally.count(log, "metadata", "usage_object", "output_image_count");
            return images == null
                    ? tally.missing("the log has neither counts nor images")
                    : tally.add("image", images).reading();
        }
        return new OpenAiImages().read(List.of(body), said);
    }

    private static JsonNode inWordsOfImages(JsonNode usage) {
        ObjectNode words = JsonNodeFactory.instance.objectNode();
        for (String[] pair : IMAGE_WORDS) {
            if (Counts.has(usage, pair[0])) {
                words.set(pair[1], usage.get(pair[0]));
            }
        }
        return words;
    }

    private static Reading transcription(ObjectNode body, JsonNode response, JsonNode usage, Said said) {
        JsonNode own = Counts.at(response, "usage");
        JsonNode counted = isCounted(own) ? own : usage;
        if (said.provider().equals("groq")) {
            if (!body.has("duration") && Counts.has(counted, "seconds")) {
                body.set("duration", counted.get("seconds"));
            }
            return new GroqTranscription().read(List.of(body), said);
        }
        return Counts.has(counted, "prompt_tokens")
                ? LitellmTokens.read(counted, said, new Tally())
                : new OpenAiTranscription().read(List.of(body.set("usage", counted)), said);
    }

    private static UsageFormat named(String name) {
        UsageFormat format = Formats.named(name);
        if (format == null) {
            throw new IllegalStateException(name);
        }
        return format;
    }

    /** The counts, wherever a version of LiteLLM has them; a missing node where all are 0 or none is there. */
    private static JsonNode usage(JsonNode log, JsonNode response) {
        JsonNode object = Counts.at(log, "metadata", "usage_object");
        if (isCounted(object)) {
            return object;
        }
        JsonNode own = Counts.at(response, "usage");
        if (isCounted(own)) {
            return own;
        }
        return isCounted(log) ? LitellmCall.members(log, COUNTS) : MissingNode.getInstance();
    }

    /** Whether one of the counts is other than 0, be it a good one. */
    private static boolean isCounted(JsonNode usage) {
        for (String name : COUNTS) {
            if (Counts.has(usage, name)) {
                Decimal count = Counts.number(usage, name);
                if (count == null || !count.isZero()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The counts, and what kind of call they are of: who called and with which tags is in the event already. */
    @Override
    public JsonNode usagePart(JsonNode log) {
        ObjectNode part = LitellmCall.members(log, List.of("call_type", "litellm_call_id", "model", "response_cost"));
        JsonNode response = Counts.at(log, "response");
        JsonNode usage = usage(log, response);
        if (usage.isObject()) {
            part.set("usage", usage);
        }
        part.setAll(LitellmCall.members(response, List.of("duration", "meta", "output", "seconds", "usage_info")));
        return part;
    }

    @Override
    public String sample() {
        return """
                {"id":"chatcmpl-ddd8e8e1-314e-438e-8ce8-07b0e3e9a788","call_type":"acompletion","status":"success",
                 "custom_llm_provider":"anthropic","model":"claude-sonnet-4-5","startTime":1763719199.5,"endTime":1763719200.25,
                 "response_cost":0.0340,"prompt_tokens":2401,"completion_tokens":393,"total_tokens":2794,
                 "metadata":{"usage_object":{"prompt_tokens":2401,"completion_tokens":393,"total_tokens":2794,
                  "cache_creation_input_tokens":1880,"cache_read_input_tokens":500,"prompt_tokens_details":
                   {"cache_creation_token_details":{"ephemeral_5m_input_tokens":1880,"ephemeral_1h_input_tokens":0}}}},
                 "response":{"model":"claude-sonnet-4-5-20250929"}}""";
    }
}
