package io.tollgate.gateway.ingest;

import io.tollgate.schemas.submission.RejectionCode;
import org.jspecify.annotations.Nullable;

/**
 * Why one event was not taken.
 *
 * @param pointer to the member at fault, in the event's JSON form; null where it is the event as a whole
 */
public record Rejection(RejectionCode code, @Nullable String pointer, String detail) {}
