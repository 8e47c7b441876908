package io.tollgate.usageapi.live;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** JSON with the names that every answer of the service has. */
final class LiveJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private LiveJson() {}

    static String text(Object body) {
        return MAPPER.writeValueAsString(body);
    }
}
