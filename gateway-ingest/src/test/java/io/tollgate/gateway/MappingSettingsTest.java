package io.tollgate.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.gateway.mapping.Mapping;
import io.tollgate.gateway.mapping.Mappings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

public class MappingSettingsTest {

    @Test
    void theShippedOnesFitOpenMetersExamples() throws IOException {
        Mapping prompt = Objects.requireNonNull(shipped().of("prompt"));

        assertThat(shipped().of("tokens")).isNotNull();
        assertThat(shipped().of("request")).isNull();
        Map<String, String> data = Map.of("tokens", "123456", "model", "gpt4-turbo", "type", "OUTPUT");
        assertThat(prompt.providerOf(data)).isEqualTo("openai");
        assertThat(prompt.model().of(data)).isEqualTo("gpt4-turbo");
        assertThat(prompt.dimension().of(data)).isEqualTo("output");
        assertThat(prompt.quantity().of(data)).isEqualTo("123456");
        assertThat(prompt.providerOf(Map.of("model", "claude-sonnet-4-5"))).isEqualTo("anthropic");
        assertThat(prompt.providerOf(Map.of("model", "claude-sonnet-4-5", "provider", "bedrock")))
                .isEqualTo("bedrock");
        assertThat(prompt.dimension().of(Map.of("tokens", "1"))).isEqualTo("token");
    }

    @Test
    void namesOfMembersKeepTheirSpelling() {
        Mapping mapping = bound(
                """
                type: com.acme/Usage
                model: {otherwise: m}
                provider: {otherwise: p}
                counts: {prompt_tokens: input, completionTokens: output}
                labels: {cost_center: costCenter}""");

        assertThat(mapping.type()).isEqualTo("com.acme/Usage");
        assertThat(mapping.counts()).isEqualTo(Map.of("prompt_tokens", "input", "completionTokens", "output"));
        assertThat(mapping.labels()).isEqualTo(Map.of("cost_center", "costCenter"));
        assertThat(mapping.asksFor("costCenter")).isTrue();
        assertThat(mapping.asksFor("messages")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "type: ''                                                                            | a mapping needs a type",
                "type: tollgate.usage.v1                                                             | Tollgate's own",
                "type: t, provider: {from: p}, counts: {a: input}                                    | model needs",
                "type: t, model: {from: m}, counts: {a: input}                                       | provider needs",
                "type: t, model: {from: m}, provider: {from: p}                                      | either quantity and dimension, or counts",
                "type: t, model: {from: m}, provider: {from: p}, quantity: {from: q}                 | need each other",
                "type: t, model: {from: m}, provider: {from: p}, quantity: {from: q}, dimension: {otherwise: input}, counts: {a: input} | either",
                "type: t, model: {from: m}, provider: {from: p}, counts: {a: In-put}                 | 'In-put' is no dimension",
                "type: t, model: {from: m}, provider: {from: p}, quantity: {from: q}, dimension: {from: d, words: {x: 'a b'}} | 'a b' is no dimension",
                "type: t, model: {from: m}, provider: {from: p}, quantity: {otherwise: -1}, dimension: {otherwise: input} | -1 is no quantity",
                "type: t, model: {from: m}, provider: {from: p}, quantity: {otherwise: x}, dimension: {otherwise: input} | x is no quantity",
            })
    void whatIsWrongIsSaidAtTheStart(String mapping, String message) {
        assertThatThrownBy(() -> bound("{" + mapping + "}"))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tollgate.mappings")
                .hasMessageContaining(message);
    }

    @Test
    void theDocumentedOnesAreGood() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "producers.md"));
        int from = page.indexOf("tollgate:\n  mappings:");
        String yaml = page.substring(from, page.indexOf("```", from));

        List<Mapping> mappings =
                settings(new ByteArrayResource(yaml.getBytes(UTF_8))).mappings();

        assertThat(mappings).extracting(Mapping::type).containsExactly("gpu_time", "acme.llm");
        assertThat(mappings.get(0).labels()).isEqualTo(Map.of("host", "hostname"));
    }

    @Test
    void twoOfOneTypeAreRefused() {
        Mapping one = bound("{type: t, model: {from: m}, provider: {from: p}, counts: {a: input}}");

        assertThatThrownBy(() -> new Mappings(List.of(one, one))).hasMessageContaining("two for type t");
    }

    /** As the service has them that nobody has set up otherwise. */
    public static Mappings shipped() throws IOException {
        return new Mappings(
                settings(new ClassPathResource("gateway-ingest.yaml")).mappings());
    }

    private static Mapping bound(String mapping) {
        String list = "tollgate:\n  mappings:\n    - " + mapping.replace("\n", "\n      ");
        try {
            return settings(new ByteArrayResource(list.getBytes(UTF_8)))
                    .mappings()
                    .get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GatewaySettings settings(Resource yaml) throws IOException {
        StandardEnvironment environment = new StandardEnvironment();
        new YamlPropertySourceLoader()
                .load("test", yaml)
                .forEach(source -> environment.getPropertySources().addFirst(source));
        return Binder.get(environment).bindOrCreate("tollgate", GatewaySettings.class);
    }
}
