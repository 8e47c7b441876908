package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Anthropic's messages, also on Vertex and as Bedrock's InvokeModel body. {@code input_tokens} has neither what was read
 * from the cache nor what was written to it; {@code output_tokens} has the thinking. A stream tells its counts in
 * {@code message_start} and again, cumulatively, in each {@code message_delta}: the last word on each field counts.
 */
record AnthropicMessages(String name, boolean isStream) implements UsageFormat {
    private static final Shape MESSAGE = Shape.of("id", "model", "usage");
    private static final Shape SHAPE = MESSAGE.with("message", MESSAGE);
    /** Iterations that the top-level counts are the sum of. */
    private static final Set<String> AT_TOP = Set.of("message", "fallback_message");

    @Override
    public Shape shape() {
        return SHAPE;
    }

    @Override
    public Reading read(List<JsonNode> chunks, Said said) {
        Tally tally = new Tally();
        ObjectNode usage = JsonNodeFactory.instance.objectNode();
        String model = null;
        boolean isFinal = false;
        for (JsonNode chunk : chunks) {
            JsonNode started = Counts.at(chunk, "message");
            JsonNode message = started.isObject() ? started : chunk;
            if (Counts.text(message, "model") != null) {
                model = Counts.text(message, "model");
            }
            if (Counts.text(message, "id") != null) {
                tally.requestId(Counts.text(message, "id"));
            }
            override(usage, Counts.at(started, "usage"));
            override(usage, Counts.at(chunk, "usage"));
            isFinal |= Counts.at(chunk, "usage").isObject();
        }
        tally.model(model);
        if (!Counts.has(usage, "input_tokens") && !Counts.has(usage, "output_tokens")) {
            return tally.missing("no usage has input_tokens or output_tokens");
        }
        if (!isFinal) {
            tally.partial("the stream has no message_delta with a usage: it may have gone on");
        } else if (!Counts.has(usage, "input_tokens") || !Counts.has(usage, "output_tokens")) {
            tally.partial("input_tokens or output_tokens is not there, as in a stream without its message_start");
        }
        return read(usage, model, tally);
    }

    private static void override(ObjectNode usage, JsonNode later) {
        for (Map.Entry<String, JsonNode> field : later.properties()) {
            if (!field.getValue().isNull()) {
                usage.set(field.getKey(), field.getValue());
            }
        }
    }

    private static Reading read(JsonNode usage, @Nullable String model, Tally tally) {
        count(usage, tally);
        tally.addIfAny("web_search_call", tally.count(usage, "server_tool_use", "web_search_requests"));
        for (JsonNode iteration : Counts.at(usage, "iterations")) {
            iteration(iteration, model, tally);
        }
        String geo = Counts.text(usage, "inference_geo");
        String speed = Counts.text(usage, "speed");
        return tally.serviceTier(Counts.text(usage, "service_tier"))
                .region("us".equals(geo) ? geo : null)
                .speed("fast".equals(speed) ? speed : null)
                .vendorCost(Counts.number(usage, "cost"))
                .reading();
    }

    private static void count(JsonNode usage, Tally tally) {
        Decimal thinking = tally.countOrZero(usage, "output_tokens_details", "thinking_tokens");
        tally.add("input", tally.countOrZero(usage, "input_tokens"))
                .add("output", tally.rest("output_tokens", tally.countOrZero(usage, "output_tokens"), thinking))
                .addIfAny("reasoning", thinking)
                .addIfAny("cache_read", tally.count(usage, "cache_read_input_tokens"));
        JsonNode split = Counts.at(usage, "cache_creation");
        if (split.isObject()) {
            CacheWrites.add(
                    tally,
                    tally.count(usage, "cache_creation_input_tokens"),
                    tally.countOrZero(split, "ephemeral_5m_input_tokens"),
                    tally.countOrZero(split, "ephemeral_1h_input_tokens"));
        } else {
            CacheWrites.add(tally, tally.count(usage, "cache_creation_input_tokens"));
        }
    }

    /** A compaction is billed beside the top-level counts; what ran on another model can't be billed as this one's. */
    private static void iteration(JsonNode iteration, @Nullable String model, Tally tally) {
        String type = Counts.text(iteration, "type");
        String ranOn = Counts.text(iteration, "model");
        boolean isOwn = ranOn == null || ranOn.equals(model);
        if (isOwn && "compaction".equals(type)) {
            count(iteration, tally);
        } else if (!isOwn || type == null || !AT_TOP.contains(type)) {
            tally.settled("iteration " + type + " ran on " + (ranOn == null ? "an unnamed model" : ranOn) + " ("
                    + Counts.number(iteration, "input_tokens") + " in, " + Counts.number(iteration, "output_tokens")
                    + " out) and is not in these counts: report it as an event of its own");
        }
    }

    @Override
    public String sample() {
        return isStream
                ? """
                [{"type":"message_start","message":{"id":"msg_1","model":"claude-sonnet-4-5-20250929",
                  "usage":{"input_tokens":2679,"cache_read_input_tokens":1024,"output_tokens":3}}},
                 {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":510}},
                 {"type":"message_stop"}]"""
                : """
                {"id":"msg_1","type":"message","model":"claude-sonnet-4-5-20250929",
                 "usage":{"input_tokens":2048,"cache_read_input_tokens":1800,"cache_creation_input_tokens":248,
                  "cache_creation":{"ephemeral_5m_input_tokens":148,"ephemeral_1h_input_tokens":100},
                  "output_tokens":503,"server_tool_use":{"web_search_requests":1},"service_tier":"standard"}}""";
    }
}
