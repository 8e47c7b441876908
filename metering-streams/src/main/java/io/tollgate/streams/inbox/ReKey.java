package io.tollgate.streams.inbox;

import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.topic.Topics;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * {@code usage.inbox}, under any key → {@code usage.events} under the event's hash, or {@code usage.dead}. Producers of
 * the inbox may partition as they like; from here on all that is said about an event lies in one partition.
 */
public final class ReKey {
    static final String REKEYED = "re-keyed";
    static final String DEAD = "re-key-dead";

    private static final String INBOX = "inbox";
    private static final String NAME = "re-key";

    private ReKey() {}

    public static void addTo(Topology topology, Codecs codecs) {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        ByteArraySerializer key = new ByteArraySerializer();
        topology.addSource(AutoOffsetReset.earliest(), INBOX, bytes, bytes, Topics.USAGE_INBOX.name())
                .addProcessor(NAME, () -> new ReKeyProcessor(codecs), INBOX)
                .addSink(REKEYED, Topics.USAGE_EVENTS.name(), key, codecs.events(), NAME)
                .addSink(DEAD, Topics.USAGE_DEAD.name(), key, codecs.dead(), NAME);
    }
}
