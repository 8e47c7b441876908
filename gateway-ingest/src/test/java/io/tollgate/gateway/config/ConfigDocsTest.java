package io.tollgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.http.Json;
import io.tollgate.gateway.ingest.Timestamps;
import io.tollgate.schemas.serde.AvroGuards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The worked example of docs/configuration-as-code.md comes to what the page says. */
class ConfigDocsTest {
    static {
        AvroGuards.set();
    }

    private final World world = new World(Timestamps.parse("2026-11-21T10:00:00Z"));

    @Test
    void theExampleIsAppliedEditedAndDiffed() throws IOException {
        ObjectNode document = Json.MAPPER.valueToTree(new Yaml().load(example("yaml")));
        Outcome made = world.written(world.tried(document, false));
        assertThat(made.configVersion()).isEqualTo(1);
        assertThat(made.changes()).hasSize(5);
        assertThat(made.secrets()).singleElement().satisfies(secret -> assertThat(secret.id())
                .isEqualTo("acme-search"));

        ((ObjectNode) document.at("/quotas/0")).put("limit", "750");
        ((ArrayNode) document.at("/alert_rules")).removeAll();
        String diff = Json.MAPPER.writeValueAsString(world.tried(document, true).outcome(true));
        assertThat(Json.MAPPER.readTree(diff)).isEqualTo(Json.MAPPER.readTree(example("json")));
    }

    private static String example(String language) throws IOException {
        String page = Files.readString(Path.of("../docs/configuration-as-code.md"));
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }
}
