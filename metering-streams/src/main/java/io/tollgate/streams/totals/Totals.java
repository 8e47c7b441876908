package io.tollgate.streams.totals;

import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.streams.store.BeforeCommit;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * {@code usage.partials}, by company → {@code usage.stats}: one task owns all of a company's totals and is their only
 * writer.
 */
public final class Totals {
    /** Name of the processor: what counts usage once it is in the totals hangs below it. */
    public static final String NAME = "totals";

    static final String STATS = "stats";
    static final String DEAD = "totals-dead";

    private static final String PARTIALS = "combined";

    private Totals() {}

    /**
     * Hangs the stage in.
     *
     * @param below names of processors below {@link #NAME} that take each {@link io.tollgate.avro.UsagePartial}, in this
     *     order, when it is in the totals; each must be added
     */
    public static void addTo(Topology topology, Codecs codecs, String... below) {
        ByteArrayDeserializer in = new ByteArrayDeserializer();
        ByteArraySerializer bytes = new ByteArraySerializer();
        topology.addSource(AutoOffsetReset.earliest(), PARTIALS, in, in, Topics.USAGE_PARTIALS.name())
                .addProcessor(NAME, () -> new TotalsProcessor(codecs, List.of(below)), PARTIALS)
                .addStateStore(BeforeCommit.builder(TotalsProcessor.BEFORE_COMMIT), NAME)
                .addStateStore(TotalsProcessor.storeBuilder(), NAME)
                .addStateStore(KnownCompanies.builder(), NAME)
                .addSink(STATS, Topics.USAGE_STATS.name(), bytes, bytes, NAME)
                .addSink(DEAD, Topics.USAGE_DEAD.name(), bytes, bytes, NAME);
    }
}
