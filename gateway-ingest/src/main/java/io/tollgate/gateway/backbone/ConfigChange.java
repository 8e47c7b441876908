package io.tollgate.gateway.backbone;

import io.tollgate.avro.PriceTimeline;
import io.tollgate.schemas.PriceKey;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A new value of one key of a configuration topic, written to every partition of it.
 *
 * @param value null takes the key out
 */
@SuppressWarnings("ArrayRecordComponent") // a key's bytes, never compared
public record ConfigChange(Topic topic, byte[] key, @Nullable SpecificRecord value) {
    /** Of the timeline's own key. */
    public static ConfigChange of(PriceTimeline timeline) {
        return new ConfigChange(Topics.CONFIG_PRICES, PriceKey.of(timeline), timeline);
    }
}
