package io.tollgate.gateway.admin;

import io.tollgate.avro.WebhookSecret;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What deliveries are signed with, the newest first. Pure. */
final class WebhookSecrets {
    private static final String PREFIX = "whsec_";
    /** More than anybody rotates within a week. */
    private static final int MOST = 10;

    private WebhookSecrets() {}

    static WebhookSecret of(byte[] random) {
        return new WebhookSecret(ByteBuffer.wrap(random), null);
    }

    /**
     * The newer one before those that are still in force; what was the newest ends.
     *
     * @param now epoch µs
     * @param until epoch µs, exclusive: when the one that was the newest ends
     */
    static List<WebhookSecret> rotated(List<WebhookSecret> before, WebhookSecret newer, long now, long until) {
        List<WebhookSecret> after = new ArrayList<>();
        after.add(newer);
        for (WebhookSecret old : before) {
            Long end = old.getExpiresAt() == null ? Long.valueOf(until) : old.getExpiresAt();
            if (end > now && after.size() < MOST) {
                after.add(new WebhookSecret(old.getSecret(), end));
            }
        }
        return List.copyOf(after);
    }

    /** As receivers are told it, by the Standard Webhooks. */
    static String text(WebhookSecret secret) {
        byte[] bytes = new byte[secret.getSecret().remaining()];
        secret.getSecret().duplicate().get(bytes);
        return PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    /** When the last of the old ones ends, epoch µs; null where there is none. */
    static @Nullable Long oldUntil(List<WebhookSecret> secrets) {
        Long last = null;
        for (WebhookSecret secret : secrets) {
            Long end = secret.getExpiresAt();
            last = end == null || (last != null && last > end) ? last : end;
        }
        return last;
    }
}
