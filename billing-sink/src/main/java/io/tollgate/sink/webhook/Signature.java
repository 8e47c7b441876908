package io.tollgate.sink.webhook;

import io.tollgate.avro.Webhook;
import io.tollgate.avro.WebhookSecret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as <a href="https://www.standardwebhooks.com">Standard Webhooks</a> say: HMAC-SHA256 over id, time and body. */
final class Signature {
    private static final String HMAC = "HmacSHA256";

    private Signature() {}

    /** Secrets in force, the newest first. */
    static List<byte[]> inForce(Webhook webhook, long nowMicros) {
        return webhook.getSecrets().stream()
                .filter(secret -> secret.getExpiresAt() == null || secret.getExpiresAt() > nowMicros)
                .map(WebhookSecret::getSecret)
                .map(Signature::bytes)
                .filter(secret -> secret.length > 0)
                .toList();
    }

    /** The header {@code webhook-signature}: one {@code v1,…} for each secret, so that during a rotation either is enough. */
    static String header(List<byte[]> secrets, String id, long epochSeconds, String body) {
        return secrets.stream()
                .map(secret -> "v1," + Base64.getEncoder().encodeToString(hmac(secret, id, epochSeconds, body)))
                .collect(Collectors.joining(" "));
    }

    private static byte[] hmac(byte[] secret, String id, long epochSeconds, String body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            return mac.doFinal((id + "." + epochSeconds + "." + body).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + HMAC, e);
        }
    }

    private static byte[] bytes(ByteBuffer secret) {
        byte[] bytes = new byte[secret.remaining()];
        secret.duplicate().get(bytes);
        return bytes;
    }
}
