package io.tollgate.sink.accepted;

import org.jspecify.annotations.Nullable;

/**
 * Who sent a submission.
 *
 * @param company null where the bytes name none
 * @param authId of the key it came by; null where it came by none, or where the bytes break off
 */
record Sender(@Nullable String company, @Nullable String authId) {}
