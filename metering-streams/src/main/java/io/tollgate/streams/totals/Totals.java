package io.tollgate.streams.totals;

import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.topic.Topics;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * {@code usage.partials}, by company → {@code usage.stats}: one task owns all of a company's totals and is their only
 * writer.
 */
public final class Totals {
    static final String STATS = "stats";
    static final String DEAD = "totals-dead";

    private static final String PARTIALS = "combined";
    private static final String NAME = "totals";

    private Totals() {}

    public static void addTo(Topology topology, Codecs codecs) {
        ByteArrayDeserializer in = new ByteArrayDeserializer();
        ByteArraySerializer bytes = new ByteArraySerializer();
        topology.addSource(AutoOffsetReset.earliest(), PARTIALS, in, in, Topics.USAGE_PARTIALS.name())
                .addProcessor(NAME, () -> new TotalsProcessor(codecs), PARTIALS)
                .addStateStore(TotalsProcessor.storeBuilder(), NAME)
                .addSink(STATS, Topics.USAGE_STATS.name(), bytes, bytes, NAME)
                .addSink(DEAD, Topics.USAGE_DEAD.name(), bytes, bytes, NAME);
    }
}
