package io.tollgate.sink.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Webhook;
import io.tollgate.avro.WebhookSecret;
import io.tollgate.avro.WebhookStyle;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SignatureTest {
    private static final byte[] SECRET = Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    /** The vector that the libraries of Standard Webhooks are tested by; also by openssl dgst -sha256 -mac HMAC. */
    @Test
    void aSignatureIsThatOfTheReferenceLibraries() {
        assertThat(Signature.header(
                        List.of(SECRET), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void whileASecretIsReplacedThereIsASignatureByEach() {
        byte[] next = {1, 2, 3};
        String both = Signature.header(List.of(next, SECRET), "msg_1", 7, "{}");

        assertThat(both.split(" "))
                .containsExactly(
                        Signature.header(List.of(next), "msg_1", 7, "{}"),
                        Signature.header(List.of(SECRET), "msg_1", 7, "{}"));
    }

    @Test
    void aSecretIsInForceUntilItExpires() {
        Webhook webhook = Webhook.newBuilder()
                .setId("ops")
                .setUrl("https://example.org")
                .setStyle(WebhookStyle.STANDARD)
                .setSecrets(List.of(secret(1, null), secret(2, 100L), secret(3, 99L)))
                .setVersion(1)
                .setCreatedAt(0)
                .setUpdatedAt(0)
                .build();

        assertThat(Signature.inForce(webhook, 99)).containsExactly(new byte[] {1}, new byte[] {2});
        assertThat(Signature.inForce(webhook, 100)).containsExactly(new byte[] {1});
    }

    private static WebhookSecret secret(int octet, @Nullable Long expiresAt) {
        return new WebhookSecret(ByteBuffer.wrap(new byte[] {(byte) octet}), expiresAt);
    }
}
