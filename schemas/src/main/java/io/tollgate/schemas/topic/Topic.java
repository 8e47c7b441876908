package io.tollgate.schemas.topic;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * One topic: its name, what its values are, how it is spread and how long it keeps them.
 *
 * @param retention how long records are kept; null for a compacted topic, which keeps the last of each key
 */
public record Topic(String name, Schema value, Spread spread, @Nullable Duration retention) {

    /** Records are kept until somebody deletes the topic. */
    static final Duration FOREVER = Duration.ofMillis(-1);

    /** How many partitions a topic has. */
    public enum Spread {
        /** As many as {@code usage.events}: partition n of one meets partition n of the other. */
        EVENTS,
        /** One: small configuration, read whole by everyone. */
        SINGLE
    }

    /** Registry subject of the values: Confluent's topic name strategy. */
    public String subject() {
        return name + "-value";
    }

    /** As many as it is to have. */
    public int partitions(int eventPartitions) {
        return spread == Spread.EVENTS ? eventPartitions : 1;
    }

    /**
     * The broker's settings of this topic. Every topic carries the broker's clock (LogAppendTime): a client's clock can
     * neither age a record out of its topic nor move it between the generations of dedupe.
     */
    public Map<String, String> settings(short replication) {
        Map<String, String> settings = new HashMap<>();
        settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        settings.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, replication >= 3 ? "2" : "1");
        if (retention == null) {
            settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
            settings.put(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.2");
        } else {
            settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
            settings.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
        }
        return settings;
    }

    /** The name alone: the schema would fill a screen. */
    @Override
    public String toString() {
        return name;
    }
}
