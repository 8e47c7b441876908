package io.tollgate.gateway.backbone;

import io.tollgate.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A new value of one key of a configuration topic, written to every partition of it, and what the audit says of it.
 *
 * @param value null takes the key out
 */
@SuppressWarnings("ArrayRecordComponent") // a key's bytes, never compared
public record ConfigChange(Topic topic, byte[] key, @Nullable SpecificRecord value, Audited audited) {}
