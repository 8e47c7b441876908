package io.tollgate.schemas.config;

import io.tollgate.avro.ApiKey;

/** What a presented secret turned out to be. */
public sealed interface KeyCheck {

    /** A key in force. */
    record Valid(ApiKey key) implements KeyCheck {}

    /** No key has this secret. */
    record Unknown() implements KeyCheck {}

    /** It was a key until it was revoked. */
    record Revoked(ApiKey key) implements KeyCheck {}

    /** It was a key until it expired. */
    record Expired(ApiKey key) implements KeyCheck {}
}
