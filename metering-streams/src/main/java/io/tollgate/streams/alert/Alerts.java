package io.tollgate.streams.alert;

import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.streams.quota.Counters;
import io.tollgate.streams.quota.CurrentReadings;
import io.tollgate.streams.store.Deadlines;
import io.tollgate.streams.totals.StoredTotals;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * Partial totals, readings of quotas and {@code config.alerts} → {@code cost.alerts}. In the task that owns the company's
 * totals and quotas: whether a threshold is crossed is decided by one writer.
 */
public final class Alerts {
    /** Name of the processor, which takes partials that are in the totals already, and readings of quotas. */
    public static final String NAME = "alerts";

    static final String ALERTS = "cost-alerts";
    static final String DEAD = "alerts-dead";

    static final String COUNTERS = "alert-counters";
    static final String LOOKS = "alert-looks";

    private static final String CHANGES = "alert-changes";

    private Alerts() {}

    /**
     * Hangs the stage in.
     *
     * @param partials name of the processor that partials come from, below the totals
     * @param readings name of the processor that readings of quotas come from
     */
    public static void addTo(Topology topology, Codecs codecs, String partials, String readings) {
        ByteArrayDeserializer in = new ByteArrayDeserializer();
        ByteArraySerializer bytes = new ByteArraySerializer();
        topology.addSource(AutoOffsetReset.earliest(), CHANGES, in, in, Topics.CONFIG_ALERTS.name())
                .addProcessor(NAME, () -> new AlertProcessor(codecs), partials, readings, CHANGES)
                .addStateStore(RuleShelf.builder(), NAME)
                .addStateStore(Counters.builder(COUNTERS), NAME)
                .addStateStore(MarkStore.windowed(), NAME)
                .addStateStore(MarkStore.rolling(), NAME)
                .addStateStore(Deadlines.builder(LOOKS), NAME)
                .addSink(ALERTS, Topics.COST_ALERTS.name(), bytes, bytes, NAME)
                .addSink(DEAD, Topics.USAGE_DEAD.name(), bytes, bytes, NAME);
        StoredTotals.connect(topology, NAME);
        CurrentReadings.connect(topology, NAME);
    }
}
