package io.tollgate.sink.webhook;

import java.time.Duration;
import java.time.Instant;

/** An attempt that is over, to be written. */
record Ended(Due due, Instant begun, Duration took, Verdict verdict) {}
