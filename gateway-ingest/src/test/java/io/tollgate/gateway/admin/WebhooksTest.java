package io.tollgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Webhook;
import io.tollgate.avro.WebhookSecret;
import io.tollgate.avro.WebhookStyle;
import io.tollgate.gateway.http.Problem.FieldError;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhooksTest {
    private final List<FieldError> errors = new ArrayList<>();

    @Test
    void aWebhookKeepsItsSecrets() {
        List<WebhookSecret> secrets = List.of(secret(1, null));
        assertThat(read("{\"url\":\"https://example.com/a?b=c\",\"style\":\"slack\",\"company\":\"acme\"}", secrets))
                .isEqualTo(new Webhook(
                        "ops", "https://example.com/a?b=c", WebhookStyle.SLACK, "acme", secrets, true, 1L, 5L, 5L));
        assertThat(errors).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                                | /url     | missing",
                "{\"url\":\"ftp://example.com\"}                                   | /url     | invalid",
                "{\"url\":\"https:///alerts\"}                                     | /url     | invalid",
                "{\"url\":\"example.com\"}                                         | /url     | invalid",
                "{\"url\":\"https://me:secret@example.com\"}                       | /url     | invalid",
                "{\"url\":\"https://example.com/#here\"}                           | /url     | invalid",
                "{\"url\":\"https://exa mple.com\"}                                | /url     | invalid",
                "{\"url\":\"https://example.com\",\"style\":\"teams\"}             | /style   | invalid",
                "{\"url\":\"https://example.com\",\"company\":\"nobody\"}          | /company | unknown_company",
                "{\"url\":\"https://example.com\",\"secret\":\"whsec_x\"}          | /secret  | unknown_member"
            })
    void whatIsWrongIsPointedTo(String body, String pointer, String code) {
        read(body, List.of());
        assertThat(errors).as("%s", errors).singleElement().satisfies(error -> {
            assertThat(error.pointer()).isEqualTo(pointer);
            assertThat(error.code()).isEqualTo(code);
        });
    }

    @Test
    void theOldSecretStaysForAWhileAndThoseThatEndedGo() {
        List<WebhookSecret> before = List.of(secret(3, null), secret(2, 150L), secret(1, 100L));
        assertThat(WebhookSecrets.rotated(before, secret(4, null), 100, 200))
                .containsExactly(secret(4, null), secret(3, 200L), secret(2, 150L));
        assertThat(WebhookSecrets.rotated(before, secret(4, null), 200, 200)).containsExactly(secret(4, null));
        assertThat(WebhookSecrets.oldUntil(before)).isEqualTo(150L);
        assertThat(WebhookSecrets.oldUntil(List.of(secret(3, null)))).isNull();
    }

    @Test
    void aSecretIsToldAsTheStandardWebhooksSpellIt() {
        assertThat(WebhookSecrets.text(WebhookSecrets.of(new byte[24]))).isEqualTo("whsec_" + "A".repeat(32));
        assertThat(Secrets.newWebhookSecret()).hasSize(24).isNotEqualTo(Secrets.newWebhookSecret());
    }

    private Webhook read(String body, List<WebhookSecret> secrets) {
        Fields fields = Worlds.fields(body, errors);
        Webhook webhook = Webhooks.read(fields, "ops", secrets, Worlds.ACME, 5);
        fields.refuseOthers();
        return webhook;
    }

    private static WebhookSecret secret(int first, @Nullable Long expiresAt) {
        return new WebhookSecret(ByteBuffer.wrap(new byte[] {(byte) first}), expiresAt);
    }
}
