package io.tollgate.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretSearchTest {
    private static final String HEX = "0123456789abcdef".repeat(4);

    @Test
    void eachShapeOfASecretIsFound() {
        for (String line : List.of(
                "created tg_" + HEX,
                "token=tga_" + HEX,
                "postgres tgp_" + HEX,
                "{\"secret\":\"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"}",
                "the caller sent secret-of-the-admin",
                "Authorization: Bearer abcdefgh12345",
                "authorization=bearer abcdefgh12345",
                "password=hunter2",
                "spring.password: 'hunter2'",
                "{\"password\":\"hunter2\"}",
                "STATEMENT: CREATE ROLE tollgate LOGIN PASSWORD 'hunter2'",
                "postgresql://tollgate:hunter2@db:5432/tollgate",
                "sasl.jaas.config = org.apache.kafka.common.security.plain.PlainLoginModule required username=a",
                "-----BEGIN PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----")) {
            assertThat(SecretSearch.in(line)).as(line).isNotEmpty();
        }
    }

    @Test
    void whatOnlyTalksOfSecretsIsNone() {
        for (String line : List.of(
                "key tg_a1b2c of company acme was rotated",
                "send a key as Authorization: Bearer KEY or as x-api-key: KEY",
                "www-authenticate: Bearer realm=\"tollgate\"",
                "ssl.key.password = null",
                "ssl.keystore.password = [hidden]",
                "sasl.jaas.config = null",
                "tollgate.postgres-password: ",
                "this is not the admin token",
                "listening on http://127.0.0.1:8080 since 10:12@host",
                "jdbc:postgresql://127.0.0.1:5432/tollgate")) {
            assertThat(SecretSearch.in(line)).as(line).isEmpty();
        }
    }

    @Test
    void aFileIsReadToItsEndAndTheReportDoesNotRepeatTheSecret(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("some.log");
        Files.write(log, ("fine\n\u00ff\nkey tg_" + HEX).getBytes(StandardCharsets.ISO_8859_1));
        assertThat(SecretSearch.in(log))
                .singleElement()
                .asString()
                .startsWith(log + ":3: a key")
                .endsWith("tg_012345678…");
    }
}
