package io.tollgate.standalone.config;

import io.tollgate.standalone.client.HttpApi;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** A document of configuration as YAML for people: what could be taken for a number or a date is in quotes. */
final class YamlDocument {
    private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};

    private YamlDocument() {}

    static String of(JsonNode document) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        options.setWidth(120);
        options.setSplitLines(false);
        return new Yaml(options).dump(HttpApi.MAPPER.convertValue(document, MEMBERS));
    }
}
