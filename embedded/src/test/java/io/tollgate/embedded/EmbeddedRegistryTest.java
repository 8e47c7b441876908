package io.tollgate.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class EmbeddedRegistryTest {
    private static final String V1 = record("{'name':'a','type':'long','doc':'how many'}");
    private static final String V2 =
            record("{'name':'a','type':'long','doc':'how many'},{'name':'b','type':'int','default':0}");
    private static final String BREAKING = record("{'name':'a','type':'string'}");

    private final Path folder;
    private EmbeddedRegistry registry;
    private RegistryClient client;

    EmbeddedRegistryTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void start() {
        registry = EmbeddedRegistry.start(folder);
        client = new RegistryClient(registry.url());
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void aSerializerRegistersAndADeserializerFindsTheSchemaById() throws Exception {
        int id = client.register("usage.events-value", V1).body().path("id").intValue();

        JsonNode found = client.get("/schemas/ids/" + id).body();

        assertThat(new Schema.Parser().parse(found.path("schema").stringValue()))
                .isEqualTo(new Schema.Parser().parse(V1));
        assertThat(client.post("/subjects/usage.events-value", RegistryClient.schemaBody(V1))
                        .body()
                        .path("id")
                        .intValue())
                .isEqualTo(id);
        assertThat(client.get("/subjects").body().toString()).isEqualTo("[\"usage.events-value\"]");
    }

    @Test
    void theSameSchemaHasOneIdInEverySubjectHoweverItIsSpaced() throws Exception {
        int id = idOf("one-value", V1);

        assertThat(idOf("one-value", V1.replace(",", " ,\n "))).isEqualTo(id);
        assertThat(idOf("two-value", V1)).isEqualTo(id);
        assertThat(client.get("/subjects/one-value/versions").body().toString()).isEqualTo("[1]");
    }

    @Test
    void aDefaultOrADocMakesAnotherSchema() throws Exception {
        int id = idOf("s", V2);

        assertThat(idOf("s", V2.replace("\"default\":0", "\"default\":1"))).isNotEqualTo(id);
        assertThat(idOf("s", V2.replace("how many", "how much"))).isNotEqualTo(id);
        assertThat(idOf("s", V2)).isEqualTo(id);
    }

    @Test
    void versionsAreReadByNumberAndAsLatest() throws Exception {
        idOf("s", V1);
        int second = idOf("s", V2);

        assertThat(client.get("/subjects/s/versions/1").body().path("schema").stringValue())
                .contains("how many");
        JsonNode latest = client.get("/subjects/s/versions/latest").body();
        assertThat(latest.path("version").intValue()).isEqualTo(2);
        assertThat(latest.path("id").intValue()).isEqualTo(second);
        assertThat(latest.path("subject").stringValue()).isEqualTo("s");
    }

    @Test
    void aBreakingSchemaIsRefusedAndNothingIsKept() throws Exception {
        idOf("s", V1);

        RegistryClient.Answer refused = client.register("s", BREAKING);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo(409);
        assertThat(refused.body().path("message").stringValue()).contains("/fields/0/type");
        assertThat(client.get("/subjects/s/versions").body().toString()).isEqualTo("[1]");
    }

    @Test
    void compatibilityCanBeAskedForWithoutRegistering() throws Exception {
        idOf("s", V1);
        String path = "/compatibility/subjects/s/versions/latest";

        assertThat(client.post(path, RegistryClient.schemaBody(V2))
                        .body()
                        .path("is_compatible")
                        .booleanValue())
                .isTrue();
        JsonNode refused = client.post(path + "?verbose=true", RegistryClient.schemaBody(BREAKING))
                .body();
        assertThat(refused.path("is_compatible").booleanValue()).isFalse();
        assertThat(refused.path("messages").size()).isPositive();
    }

    @Test
    void levelsAreFullTransitiveUntilConfigured() throws Exception {
        assertThat(level("/config")).isEqualTo("FULL_TRANSITIVE");
        assertThat(client.get("/config/s").code()).isEqualTo(40408);
        assertThat(level("/config/s?defaultToGlobal=true")).isEqualTo("FULL_TRANSITIVE");

        assertThat(client.put("/config/s", "{\"compatibility\":\"NONE\"}").status())
                .isEqualTo(200);

        assertThat(level("/config/s")).isEqualTo("NONE");
        idOf("s", V1);
        assertThat(client.register("s", BREAKING).status()).isEqualTo(200);
        assertThat(client.put("/config", "{\"compatibility\":\"SOMETIMES\"}").code())
                .isEqualTo(42203);
    }

    @Test
    void refusalsHaveConfluentsCodes() throws Exception {
        idOf("s", V1);

        assertThat(client.get("/subjects/none/versions").code()).isEqualTo(40401);
        assertThat(client.get("/subjects/s/versions/9").code()).isEqualTo(40402);
        assertThat(client.get("/schemas/ids/99").code()).isEqualTo(40403);
        assertThat(client.post("/subjects/s", RegistryClient.schemaBody(V2)).code())
                .isEqualTo(40403);
        assertThat(client.get("/subjects/s/versions/0").code()).isEqualTo(42202);
        assertThat(client.register("s", "{\"type\":\"nothing\"}").code()).isEqualTo(42201);
        assertThat(client.register("s", "not json").code()).isEqualTo(42201);
        assertThat(client.post("/subjects/s/versions", "not json").status()).isEqualTo(422);
        assertThat(client.post(
                                "/subjects/s/versions",
                                "{\"schema\":\"\\\"long\\\"\",\"references\":[{\"name\":\"x\"}]}")
                        .code())
                .isEqualTo(42201);
        assertThat(client.get("/nowhere").status()).isEqualTo(404);
    }

    @Test
    void aSubjectMayHoldAnyCharacter() throws Exception {
        idOf("a%2Fb%20c+d", V1);

        assertThat(client.get("/subjects").body().toString()).isEqualTo("[\"a/b c+d\"]");
        assertThat(client.get("/subjects/a%2Fb%20c+d/versions").status()).isEqualTo(200);
    }

    @Test
    void idsAndLevelsOutliveARestartAndATornLine() throws Exception {
        int first = idOf("s", V1);
        client.put("/config/s", "{\"compatibility\":\"BACKWARD\"}");
        registry.close();
        Files.writeString(folder.resolve("schemas.jsonl"), "{\"type\":\"regis", StandardOpenOption.APPEND);

        start();

        // A new schema that comes first after the restart must not take an old one's id.
        int second = idOf("another", V2);
        assertThat(second).isNotEqualTo(first);
        assertThat(idOf("s", V1)).isEqualTo(first);
        assertThat(level("/config/s")).isEqualTo("BACKWARD");
    }

    @Test
    void aSecondRegistryOnTheFolderIsRefused() {
        assertThatThrownBy(() -> EmbeddedRegistry.start(folder))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("another process");
    }

    @Test
    void aBusyPortIsNamed() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));

        assertThatThrownBy(() -> EmbeddedRegistry.start(other, registry.port()))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("port " + registry.port());
    }

    private int idOf(String subject, String schema) throws IOException, InterruptedException {
        RegistryClient.Answer answer = client.register(subject, schema);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body().path("id").intValue();
    }

    private String level(String path) throws IOException, InterruptedException {
        return client.get(path).body().path("compatibilityLevel").stringValue();
    }

    private static String record(String fields) {
        return ("{'type':'record','name':'R','fields':[" + fields + "]}").replace('\'', '"');
    }
}
