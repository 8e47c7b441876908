package io.tollgate.gateway.format;

import static io.tollgate.gateway.format.Bodies.quantities;
import static io.tollgate.gateway.format.Bodies.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code format/vendor-bodies.json}: a body, and everything that is to be read of it; {@code format/odd-bodies.json}: the
 * same of what vendors and the proxies before them send at the edges of their formats.
 */
class VendorBodiesTest {
    @TestFactory
    Stream<DynamicTest> aBodyReadsAsItsVendorDefinesIt() throws IOException {
        return Stream.concat(bodies("vendor-bodies.json"), bodies("odd-bodies.json"));
    }

    private static Stream<DynamicTest> bodies(String resource) throws IOException {
        try (InputStream file = VendorBodiesTest.class.getResourceAsStream("/format/" + resource)) {
            JsonNode bodies = JsonMapper.shared().readTree(Objects.requireNonNull(file));
            return StreamSupport.stream(bodies.spliterator(), false)
                    .map(body -> DynamicTest.dynamicTest(
                            body.get("format").stringValue() + ": "
                                    + body.get("name").stringValue(),
                            () -> check(body)));
        }
    }

    private static void check(JsonNode expected) {
        Reading reading = read(
                expected.get("format").stringValue(),
                expected.path("provider").asString("somebody"),
                expected.get("body").toString());
        assertThat(reading.quality().name())
                .describedAs(String.valueOf(reading.remark()))
                .isEqualTo(expected.path("quality").asString("COMPLETE"));
        Map<String, String> quantities = new TreeMap<>();
        expected.get("reads")
                .properties()
                .forEach(one -> quantities.put(one.getKey(), one.getValue().stringValue()));
        assertThat(quantities(reading)).isEqualTo(quantities);
        assertThat(reading.model()).isEqualTo(text(expected, "model"));
        assertThat(reading.requestId()).isEqualTo(text(expected, "request_id"));
        assertThat(reading.serviceTier()).isEqualTo(text(expected, "service_tier"));
        assertThat(reading.region()).isEqualTo(text(expected, "region"));
        assertThat(reading.speed()).isEqualTo(text(expected, "speed"));
        if (expected.has("remark")) {
            assertThat(reading.remark()).contains(expected.get("remark").stringValue());
        }
    }

    private static @Nullable String text(JsonNode expected, String member) {
        JsonNode found = expected.path(member);
        return found.isString() ? found.stringValue() : null;
    }

    static Stream<UsageFormat> formats() {
        return Formats.all().stream();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aBodyWithoutUsageIsMissingAndNeverZero(UsageFormat format) {
        for (String body : new String[] {"{}", "[]", "null", "[{},{}]", "7", "{\"usage\":null}", "{\"usage\":{}}"}) {
            Reading reading = read(format.name(), body);
            assertThat(reading.quality())
                    .describedAs(format.name() + " " + body)
                    .isEqualTo(Quality.MISSING);
            assertThat(reading.quantities()).isEmpty();
        }
    }

    @Test
    void aModelThatTheBodyDoesNotNameIsTheOneAskedFor() {
        UsageFormat gemini = Objects.requireNonNull(Formats.named("gemini.generateContent"));
        JsonNode body = JsonMapper.shared()
                .readTree("{\"candidates\":[{\"groundingMetadata\":{\"webSearchQueries\":[\"a\",\"b\"]}}],"
                        + "\"usageMetadata\":{\"promptTokenCount\":1,\"totalTokenCount\":1}}");
        Reading reading = gemini.read(List.of(body), new Said("gemini", "gemini-3.1-pro"));
        assertThat(quantities(reading)).containsEntry("grounding_query", "2");
    }
}
