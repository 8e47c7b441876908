package io.tollgate.gateway.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What LiteLLM 1.106.2 really posted: vendors' answers of this test's own, called through it and logged by its
 * {@code generic_api} callback. Times are set to just before the tests' clock, {@code call_name} is ours.
 */
public final class LitellmLogs {
    private LitellmLogs() {}

    /** The whole body, an array. */
    public static String body() {
        return array().toString();
    }

    public static JsonNode array() {
        try (InputStream in = LitellmLogs.class.getResourceAsStream("/litellm/payloads.json")) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One object. */
    public static JsonNode named(String name) {
        return array().valueStream()
                .filter(log -> log.path("call_name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static JsonNode kept(String log) {
        try (JsonParser json = JsonMapper.shared().createParser(log)) {
            json.nextToken();
            return BodyReader.read(json, LitellmLog.FORMAT).get(0);
        }
    }

    static Reading read(String log) {
        JsonNode kept = kept(log);
        LitellmCall call = LitellmCall.of(kept);
        String provider = call.provider() == null ? "" : call.provider();
        return LitellmLog.FORMAT.read(List.of(kept), new Said(provider, null));
    }
}
