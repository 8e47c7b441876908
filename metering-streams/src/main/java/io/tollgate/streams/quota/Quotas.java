package io.tollgate.streams.quota;

import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.streams.store.Deadlines;
import io.tollgate.streams.totals.StoredTotals;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * Partial totals and {@code config.quotas} → {@code quota.states}, {@code quota.resets}, {@code quota.settlements}. In
 * the task that owns the company's totals: they are what a new quota starts from, and nobody else writes a state of it.
 */
public final class Quotas {
    /** Name of the processor. */
    public static final String NAME = "quotas";

    static final String STATES = "quota-states";
    static final String RESETS = "quota-resets";
    static final String SETTLEMENTS = "quota-settlements";
    static final String DEAD = "quotas-dead";

    static final String COUNTERS = "quota-counters";
    static final String DEADLINES = "quota-deadlines";

    private static final String CHANGES = "quota-changes";

    private Quotas() {}

    /**
     * Hangs the stage in.
     *
     * @param partials name of the processor that partials come from, below the totals
     * @param readings names of processors below {@link #NAME} that take each {@link io.tollgate.quota.QuotaReading}; each
     *     must be added
     */
    public static void addTo(Topology topology, Codecs codecs, String partials, String... readings) {
        ByteArrayDeserializer in = new ByteArrayDeserializer();
        ByteArraySerializer bytes = new ByteArraySerializer();
        ByCompany byCompany = new ByCompany();
        topology.addSource(AutoOffsetReset.earliest(), CHANGES, in, in, Topics.CONFIG_QUOTAS.name())
                .addProcessor(NAME, () -> new QuotaProcessor(codecs, List.of(readings)), partials, CHANGES)
                .addStateStore(QuotaShelf.builder(), NAME)
                .addStateStore(Counters.builder(COUNTERS), NAME)
                .addStateStore(CurrentStates.builder(), NAME)
                .addStateStore(Deadlines.builder(DEADLINES), NAME)
                .addStateStore(Versions.builder(), NAME)
                .addSink(STATES, Topics.QUOTA_STATES.name(), bytes, bytes, byCompany, NAME)
                .addSink(RESETS, Topics.QUOTA_RESETS.name(), bytes, bytes, byCompany, NAME)
                .addSink(SETTLEMENTS, Topics.QUOTA_SETTLEMENTS.name(), bytes, bytes, NAME)
                .addSink(DEAD, Topics.USAGE_DEAD.name(), bytes, bytes, NAME);
        StoredTotals.connect(topology, NAME);
    }
}
