package io.tollgate.standalone.demo;

import io.tollgate.standalone.client.HttpApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/** The demo's resources, which are JSON as the API spells it. */
final class DemoJson {
    static final JsonMapper MAPPER = HttpApi.MAPPER;

    private DemoJson() {}

    static <T> T resource(String name, Class<T> type) {
        try (InputStream in = Objects.requireNonNull(DemoJson.class.getResourceAsStream(name), name)) {
            return MAPPER.readValue(in, type);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
