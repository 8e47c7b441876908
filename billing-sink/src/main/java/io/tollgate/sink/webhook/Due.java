package io.tollgate.sink.webhook;

import io.tollgate.avro.Alert;
import java.time.Duration;

/**
 * A delivery that this sink has taken for one attempt.
 *
 * @param id of the delivery
 * @param attempt its number, from 1 on
 * @param left time in which it may still be attempted
 */
record Due(String id, int attempt, String webhook, Duration left, Alert alert) {}
