package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.submission.SubmissionLimits;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which call an object of LiteLLM's log is of. Any JSON whatever makes one.
 *
 * @param id of the event; null where the log has none that tells it from others
 * @param provider in our words
 * @param model that answered
 * @param requestModel that was asked for, where that is another name
 * @param operation chat, embeddings, …; LiteLLM's own word where it is none of those
 * @param user the caller's customer, else the owner of LiteLLM's key
 * @param labels team, key and tags
 * @param status of the call: LiteLLM tells no more of a good one than that it was
 * @param isCacheHit whether LiteLLM answered by itself
 * @param time when it ended, RFC 3339; as it came where it is no time
 */
public record LitellmCall(
        @Nullable String id,
        @Nullable String provider,
        @Nullable String model,
        @Nullable String requestModel,
        @Nullable String operation,
        @Nullable String user,
        Map<String, String> labels,
        int status,
        boolean isCacheHit,
        @Nullable String time,
        @Nullable Long latencyMs) {

    static final Shape METADATA = Shape.of(
            "user_api_key_alias",
            "user_api_key_end_user_id",
            "user_api_key_team_alias",
            "user_api_key_team_id",
            "user_api_key_user_id");
    static final Shape SHAPE = Shape.of(
                    "id",
                    "litellm_call_id",
                    "call_type",
                    "response_cost",
                    "status",
                    "custom_llm_provider",
                    "prompt_tokens",
                    "completion_tokens",
                    "total_tokens",
                    "startTime",
                    "endTime",
                    "model",
                    "model_group",
                    "cache_hit",
                    "request_tags",
                    "end_user")
            .with("model_parameters", Shape.of("user"))
            .with("hidden_params", Shape.of("litellm_model_name"))
            .with("error_information", Shape.of("error_code"));

    /** Of fewer characters a vendor's id repeats: Ollama numbers its answers from 0 to 999. */
    private static final int SHORTEST_OWN_ID = 20;

    private static final int FIRST_ERROR = 400;
    private static final int UNKNOWN_ERROR = 500;
    private static final String AGENT = "User-Agent: ";
    /** {@code env:prod} or {@code env=prod}. */
    private static final Pattern NAMED_TAG =
            Pattern.compile("\\s*([^:=\\s][^:=]{0," + (SubmissionLimits.MAX_NAME - 1) + "})[:=](.*\\S.*)");

    private static final BigDecimal MILLIS = BigDecimal.valueOf(1_000);
    private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(253_402_300_799L);
    private static final Map<String, String> OPERATIONS = Map.ofEntries(
            Map.entry("completion", "chat"),
            Map.entry("anthropic_messages", "chat"),
            Map.entry("generate_content", "chat"),
            Map.entry("generate_content_stream", "chat"),
            Map.entry("responses", "responses"),
            Map.entry("text_completion", "text_completion"),
            Map.entry("embedding", "embeddings"),
            Map.entry("image_generation", "images"),
            Map.entry("image_edit", "images"),
            Map.entry("image_variation", "images"),
            Map.entry("transcription", "transcription"),
            Map.entry("speech", "speech"),
            Map.entry("rerank", "rerank"),
            Map.entry("ocr", "ocr"),
            Map.entry("create_video", "video"),
            Map.entry("video_generation", "video"),
            Map.entry("moderation", "moderation"));

    /** Reads what {@link LitellmLog} keeps of an object. */
    public static LitellmCall of(JsonNode log) {
        String litellms = Counts.text(log, "custom_llm_provider");
        Models models = Models.of(log);
        return new LitellmCall(
                id(log),
                litellms == null ? null : LitellmProviders.of(litellms),
                models.answered(),
                models.asked(),
                operation(log),
                user(log),
                labels(log),
                status(log),
                isTrue(Counts.at(log, "cache_hit")),
                time(Counts.at(log, "endTime")),
                latencyMs(Counts.number(log, "startTime"), Counts.number(log, "endTime")));
    }

    /**
     * Which model it was.
     *
     * @param answered the vendor's name of it
     * @param asked for, where that is another name
     */
    record Models(@Nullable String answered, @Nullable String asked) {
        static Models of(JsonNode log) {
            String litellms = Counts.text(log, "custom_llm_provider");
            String asked = LitellmProviders.model(LitellmCall.asked(log), litellms);
            String answered = LitellmProviders.model(Counts.text(log, "response", "model"), litellms);
            String group = Counts.text(log, "model_group");
            // A proxy may answer by the name that its client asked for, which is no model of the vendor's.
            boolean isAlias = answered != null && answered.equals(group) && asked != null;
            String model = answered == null || isAlias ? asked : answered;
            String other = asked != null && !asked.equals(model) ? asked : group;
            return new Models(model, other == null || other.equals(model) ? null : other);
        }
    }

    private static @Nullable String asked(JsonNode log) {
        String sent = Counts.text(log, "hidden_params", "litellm_model_name");
        return sent == null ? Counts.text(log, "model") : sent;
    }

    /**
     * LiteLLM's {@code id} is the vendor's where that has one, so a repeated call of the same answer is one event. A
     * vendor's that is too short to be told apart gets LiteLLM's own behind it; where there is none, or one that is too
     * long to be kept, LiteLLM's own stands for it.
     */
    private static @Nullable String id(JsonNode log) {
        String id = idText(log, "id");
        String own = idText(log, "litellm_call_id");
        if (id == null || own == null || id.equals(own)) {
            return id == null ? own : id;
        }
        return id.length() < SHORTEST_OWN_ID ? id + "/" + own : id;
    }

    /** Python's and JSON's words for nothing are no ids. */
    private static @Nullable String idText(JsonNode log, String member) {
        String text = Counts.text(log, member);
        return text == null || text.equals("None") || text.equals("null") ? null : text;
    }

    static @Nullable String operation(JsonNode log) {
        String callType = Counts.text(log, "call_type");
        if (callType == null) {
            return null;
        }
        String known = OPERATIONS.get(callType);
        if (known == null && callType.startsWith("a")) {
            known = OPERATIONS.get(callType.substring(1));
        }
        return known == null ? callType : known;
    }

    private static @Nullable String user(JsonNode log) {
        String[][] places = {
            {"end_user"},
            {"metadata", "user_api_key_end_user_id"},
            {"model_parameters", "user"},
            {"metadata", "user_api_key_user_id"}
        };
        for (String[] place : places) {
            String user = Counts.text(log, place);
            if (user != null) {
                return user;
            }
        }
        return null;
    }

    private static Map<String, String> labels(JsonNode log) {
        Map<String, String> labels = new LinkedHashMap<>();
        JsonNode metadata = Counts.at(log, "metadata");
        String team = Counts.text(metadata, "user_api_key_team_alias");
        put(labels, "team", team == null ? Counts.text(metadata, "user_api_key_team_id") : team);
        put(labels, "key", Counts.text(metadata, "user_api_key_alias"));
        StringJoiner plain = new StringJoiner(",");
        for (JsonNode node : Counts.at(log, "request_tags")) {
            String tag = Counts.text(node);
            if (tag != null && !tag.startsWith(AGENT)) {
                Matcher named = NAMED_TAG.matcher(tag);
                if (named.matches()) {
                    put(labels, named.group(1).strip(), named.group(2).strip());
                } else {
                    plain.add(tag);
                }
            }
        }
        // All of them or none: half a list looks like a whole one.
        put(labels, "tags", plain.length() <= SubmissionLimits.MAX_TEXT ? plain.toString() : null);
        return labels;
    }

    /** The first of a name holds. */
    private static void put(Map<String, String> labels, String name, @Nullable String value) {
        if (value != null && !value.isEmpty() && labels.size() < SubmissionLimits.MAX_LABELS) {
            labels.putIfAbsent(name, value);
        }
    }

    /** LiteLLM's times are seconds as a float. */
    private static @Nullable String time(JsonNode end) {
        Decimal seconds = Counts.number(end);
        if (seconds == null || seconds.signum() < 0 || seconds.toBigDecimal().compareTo(LAST_SECOND) > 0) {
            return end.isMissingNode() ? null : end.isString() ? end.stringValue() : end.toString();
        }
        BigDecimal[] parts = seconds.toBigDecimal().divideAndRemainder(BigDecimal.ONE);
        return Instant.ofEpochSecond(
                        parts[0].longValueExact(), parts[1].movePointRight(9).longValue())
                .toString();
    }

    private static @Nullable Long latencyMs(@Nullable Decimal start, @Nullable Decimal end) {
        if (start == null || end == null) {
            return null;
        }
        BigDecimal millis =
                end.plus(start.negated()).toBigDecimal().multiply(MILLIS).setScale(0, RoundingMode.HALF_UP);
        boolean isLatency =
                millis.signum() >= 0 && millis.compareTo(BigDecimal.valueOf(SubmissionLimits.MAX_LATENCY_MS)) <= 0;
        return isLatency ? millis.longValueExact() : null;
    }

    private static int status(JsonNode log) {
        if (!"failure".equals(Counts.text(log, "status"))) {
            return 200;
        }
        Decimal code = Counts.number(log, "error_information", "error_code");
        if (code == null
                || code.compareTo(Decimal.of(FIRST_ERROR)) < 0
                || code.compareTo(Decimal.of(SubmissionLimits.MAX_STATUS)) > 0) {
            return UNKNOWN_ERROR;
        }
        return code.toBigDecimal().intValue();
    }

    private static boolean isTrue(JsonNode node) {
        return node.isBoolean() ? node.booleanValue() : node.isString() && "true".equalsIgnoreCase(node.stringValue());
    }

    /** Those of an object's members that are there. */
    static ObjectNode members(JsonNode object, List<String> names) {
        ObjectNode found = JsonNodeFactory.instance.objectNode();
        for (String name : names) {
            JsonNode value = Counts.at(object, name);
            if (!value.isMissingNode()) {
                found.set(name, value);
            }
        }
        return found;
    }
}
