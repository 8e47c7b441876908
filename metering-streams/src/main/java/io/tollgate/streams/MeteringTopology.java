package io.tollgate.streams;

import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.SchemaIds;
import io.tollgate.schemas.topic.Groups;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.streams.alert.Alerts;
import io.tollgate.streams.inbox.ReKey;
import io.tollgate.streams.meter.Meter;
import io.tollgate.streams.meter.OutcomeMetrics;
import io.tollgate.streams.quota.Quotas;
import io.tollgate.streams.totals.Combine;
import io.tollgate.streams.totals.Totals;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.Topology;

/**
 * All stages, in the order in which data flows. Each is one class that holds its names, stores and topics; a stage talks
 * to the next by its output alone. Names are for ever: a store's is its changelog's.
 */
public final class MeteringTopology {
    /** Prefix of every changelog, and the name of the consumer group. */
    public static final String APPLICATION_ID = Groups.METERING;

    private MeteringTopology() {}

    /** Names of the topics that it reads. */
    public static Set<String> topics() {
        return Stream.of(
                        Topics.USAGE_INBOX,
                        Topics.USAGE_EVENTS,
                        Topics.USAGE_PARTIALS,
                        Topics.CONFIG_PRICES,
                        Topics.CONFIG_QUOTAS,
                        Topics.CONFIG_ALERTS)
                .map(Topic::name)
                .collect(Collectors.toSet());
    }

    /** A new topology, its schemas settled with the registry. */
    public static Topology of(SchemaIds ids, OutcomeMetrics metrics) {
        Codecs codecs = Codecs.settle(ids);
        Topology topology = new Topology();
        ReKey.addTo(topology, codecs); // usage.inbox → usage.events
        Meter.addTo(topology, codecs, APPLICATION_ID, ids, metrics); // usage.events → usage.rated, usage.outcomes
        Combine.addTo(topology, codecs, Meter.NAME); // ledger rows → usage.partials
        Totals.addTo(topology, codecs, Quotas.NAME, Alerts.NAME); // usage.partials → usage.stats
        Quotas.addTo(
                topology, codecs, Totals.NAME, Alerts.NAME); // totals → quota.states, quota.resets, quota.settlements
        Alerts.addTo(topology, codecs, Totals.NAME, Quotas.NAME); // totals and readings of quotas → cost.alerts
        return topology;
    }
}
