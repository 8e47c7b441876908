package io.tollgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.ApiKey;
import io.tollgate.avro.OldSecret;
import io.tollgate.gateway.http.Problem.FieldError;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyJsonTest {
    private static final long NOW = 1_000_000;
    private static final String SECRET = "tg_0123456789";
    private static final String LEAST = "{\"company\":\"acme\",\"name\":\"n\"}";

    private final List<FieldError> errors = new ArrayList<>();

    @Test
    void whatIsLeftOutHasItsDefault() {
        ApiKey key = read(LEAST, null);
        assertThat(errors).isEmpty();
        assertThat(key.getScopes()).containsExactly("ingest");
        assertThat(key.getModels()).containsExactly("*");
        assertThat(key.getPrefix()).isEqualTo("tg_01234");
        assertThat(key.getSecretSha256()).isEqualTo(Secrets.hash(SECRET));
        assertThat(key.getBlocked()).isFalse();
        assertThat(key.getVersion()).isEqualTo(1);
    }

    @Test
    void aReplacementKeepsSecretsTimesAndTheBlock() {
        ApiKey prior = read(LEAST, null);
        prior.setBlocked(true);
        prior.setOldSecrets(List.of(old("old", 9)));
        ApiKey next = read(
                "{\"company\":\"acme\",\"name\":\"m\",\"user\":\"u\",\"models\":[\"gpt-*\",\"gpt-*\"],\"scopes\":[\"read\"],"
                        + "\"labels\":{\"team\":\"x\"},\"metadata\":{\"a\":\"b\"}}",
                prior);
        assertThat(errors).isEmpty();
        assertThat(next.getSecretSha256()).isEqualTo(Secrets.hash(SECRET));
        assertThat(next.getOldSecrets()).isEqualTo(prior.getOldSecrets());
        assertThat(next.getBlocked()).isTrue();
        assertThat(next.getUser()).isEqualTo("u");
        assertThat(next.getModels()).containsExactly("gpt-*");
        assertThat(next.getLabels()).isEqualTo(Map.of("team", "x"));
        assertThat(next.getMetadata()).isEqualTo(Map.of("a", "b"));
        assertThat(read("{\"company\":\"acme\",\"name\":\"m\",\"blocked\":false}", prior)
                        .getBlocked())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"n\"}                                               | /company    | missing",
                "{\"company\":\"nobody\",\"name\":\"n\"}                        | /company    | unknown_company",
                "{\"company\":\"acme\"}                                         | /name       | missing",
                "{\"company\":\"acme\",\"name\":\"n\",\"user\":\" \"}           | /user       | invalid",
                "{\"company\":\"acme\",\"name\":\"n\",\"scopes\":[]}            | /scopes     | invalid",
                "{\"company\":\"acme\",\"name\":\"n\",\"scopes\":[\"read\",\"root\"]} | /scopes/1 | invalid",
                "{\"company\":\"acme\",\"name\":\"n\",\"models\":[]}            | /models     | invalid",
                "{\"company\":\"acme\",\"name\":\"n\",\"models\":[\"a\",\"\"]}  | /models/1   | invalid",
                "{\"company\":\"acme\",\"name\":\"n\",\"models\":\"*\"}         | /models     | invalid",
                "{\"company\":\"acme\",\"name\":\"n\",\"labels\":{\"a\":1}}     | /labels/a   | invalid",
                "{\"company\":\"acme\",\"name\":\"n\",\"metadata\":[]}          | /metadata   | invalid",
                "{\"company\":\"acme\",\"name\":\"n\",\"blocked\":\"no\"}       | /blocked    | invalid",
                "{\"company\":\"acme\",\"name\":\"n\",\"expires_at\":\"1970-01-01T00:00:01Z\"} | /expires_at | invalid",
                "{\"company\":\"acme\",\"name\":\"n\",\"secret\":\"tg_mine\"}   | /secret     | unknown_member",
            })
    void whatIsWrongIsPointedTo(String body, String pointer, String code) {
        read(body, null);
        assertError(pointer, code);
    }

    @Test
    void theCompanyIsForGood() {
        ApiKey prior = read(LEAST, null);
        read(LEAST.replace("acme", "globex"), prior);
        assertError("/company", "other_company");
    }

    @Test
    void aRevokedKeyStaysAsItIs() {
        ApiKey prior = read(LEAST, null);
        prior.setRevokedAt(NOW);
        read(LEAST, prior);
        assertThat(errors).isEmpty();
        read(LEAST.replace("\"n\"", "\"m\""), prior);
        assertError(null, "revoked_key");
    }

    @Test
    void anIdIsPlain() {
        Fields fields = Worlds.fields(LEAST, errors);
        KeyJson.read(fields, "a b", null, SECRET, Worlds.ACME, NOW);
        assertError(null, "invalid");
    }

    @Test
    void noOldSecretOutlastsTheOverlapOfARotation() {
        ApiKey key = read(LEAST, null);
        key.setOldSecrets(List.of(old("b", 300), old("a", 150)));
        assertThat(KeySecrets.rotated(key, 100, 200))
                .containsExactly(new OldSecret(key.getSecretSha256(), 200L), old("b", 200), old("a", 150));
        assertThat(KeySecrets.rotated(key, 160, 200))
                .containsExactly(new OldSecret(key.getSecretSha256(), 200L), old("b", 200));
        assertThat(KeySecrets.rotated(key, 100, 100)).isEmpty();
        assertThat(KeySecrets.oldUntil(key)).isEqualTo(300);
        key.setRevokedAt(100L);
        assertThat(KeySecrets.oldUntil(key)).isNull();
    }

    @Test
    void aStateIsTheFirstThatHolds() {
        ApiKey key = read(LEAST, null);
        assertThat(KeyState.of(key, NOW)).isEqualTo(KeyState.ACTIVE);
        key.setBlocked(true);
        assertThat(KeyState.of(key, NOW)).isEqualTo(KeyState.BLOCKED);
        key.setExpiresAt(NOW + 1);
        assertThat(KeyState.of(key, NOW)).isEqualTo(KeyState.BLOCKED);
        assertThat(KeyState.of(key, NOW + 1)).isEqualTo(KeyState.EXPIRED);
        key.setRevokedAt(NOW);
        assertThat(KeyState.of(key, NOW + 1)).isEqualTo(KeyState.REVOKED);
    }

    private ApiKey read(String body, @Nullable ApiKey prior) {
        Fields fields = Worlds.fields(body, errors);
        ApiKey key = KeyJson.read(fields, "key_1", prior, SECRET, Worlds.ACME, NOW);
        fields.refuseOthers();
        return key;
    }

    private void assertError(@Nullable String pointer, String code) {
        assertThat(errors).as("%s", errors).singleElement().satisfies(error -> {
            assertThat(error.pointer()).isEqualTo(pointer);
            assertThat(error.code()).isEqualTo(code);
        });
    }

    private static OldSecret old(String secret, long expiresAt) {
        return new OldSecret(ByteBuffer.wrap(secret.getBytes(java.nio.charset.StandardCharsets.UTF_8)), expiresAt);
    }
}
