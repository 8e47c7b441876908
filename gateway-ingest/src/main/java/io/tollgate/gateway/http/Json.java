package io.tollgate.gateway.http;

import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** JSON as this service writes it, and reads it where a tree is fine: exact numbers, no member twice, bounded depth. */
public final class Json {
    private static final int MAX_DEPTH = 64;

    /** Writes records in snake_case; reads trees. */
    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private static final Pattern ADVICE = Pattern.compile(
            ": enable `.*|, from `[^`]*`|\\s*(?:starting )?at \\[Source: .*?\\]|\\s*\\(start marker at \\[Source.*?\\]\\)",
            Pattern.DOTALL);

    private Json() {}

    /**
     * A tree.
     *
     * @throws JacksonException if it is no JSON, or has a number with an exponent that no decimal has
     */
    public static JsonNode tree(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (NumberFormatException e) {
            throw new StreamReadException(null, "a number is out of all bounds", e);
        }
    }

    /** What a parser has against a text, without its advice to whoever programs it. */
    public static String objection(JacksonException e) {
        return ADVICE.matcher(String.valueOf(e.getOriginalMessage())).replaceAll("");
    }
}
