/**
 * Alerts on their way out: due rows of {@code alert_deliveries} are taken, signed and sent as Standard Webhooks, and what
 * came of it is written back. {@link io.tollgate.sink.webhook.Courier} is where to begin.
 */
@NullMarked
package io.tollgate.sink.webhook;

import org.jspecify.annotations.NullMarked;
