package io.tollgate.sink.webhook;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How alerts are sent, under {@code tollgate.webhooks}.
 *
 * @param allowPrivate whether receivers may be at loopback, private and other addresses that are not public
 * @param inFlight most attempts at once
 * @param perReceiver most attempts at once to one webhook; to one whose last attempt failed it is 1
 * @param timeout from the look-up of its name to the receiver's status line
 */
public record WebhookSettings(
        @DefaultValue("false") boolean allowPrivate,
        @DefaultValue("256") int inFlight,
        @DefaultValue("4") int perReceiver,
        @DefaultValue("10s") Duration timeout) {
    public WebhookSettings {
        if (inFlight < 1 || perReceiver < 1) {
            throw new IllegalArgumentException(
                    "tollgate.webhooks.in-flight and tollgate.webhooks.per-receiver must be at least 1");
        }
        if (timeout.toMillis() < 1 || timeout.toMinutes() >= 1) {
            throw new IllegalArgumentException("tollgate.webhooks.timeout must be below a minute");
        }
    }
}
