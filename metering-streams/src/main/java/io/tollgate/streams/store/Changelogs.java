package io.tollgate.streams.store;

import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** Settings of the stores' changelogs. */
public final class Changelogs {
    private Changelogs() {}

    /**
     * Kept tight: after a kill the whole changelog is read again, so garbage in it is time without service. Compaction
     * starts at a tenth of garbage, and segments roll often enough to be compacted at all. What has come through a topic may
     * be larger here, compressed otherwise than it came; a record that can't be written would stop its partition.
     */
    public static Map<String, String> tight() {
        return Map.of(
                TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
                "0.1",
                TopicConfig.SEGMENT_BYTES_CONFIG,
                Integer.toString(64 << 20),
                TopicConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(9 << 20));
    }
}
