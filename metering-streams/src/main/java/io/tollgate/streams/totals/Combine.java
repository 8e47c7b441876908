package io.tollgate.streams.totals;

import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.streams.store.BeforeCommit;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;

/**
 * Ledger rows of one partition → partial totals in {@code usage.partials}, by company. In the same pass as the rows are
 * made: what leaves is one record for each company and commit, not one for each event, so a company that sends more than
 * all others costs no more than they.
 */
public final class Combine {
    /** Name of the processor, which takes ledger rows. */
    public static final String NAME = "combine";

    private static final String PARTIALS = "partials";

    private Combine() {}

    /**
     * Hangs the stage in.
     *
     * @param rows name of the processor that ledger rows come from
     */
    public static void addTo(Topology topology, Codecs codecs, String rows) {
        ByteArraySerializer bytes = new ByteArraySerializer();
        topology.addProcessor(NAME, () -> new CombineProcessor(codecs.partials()), rows)
                .addStateStore(BeforeCommit.builder(CombineProcessor.STORE), NAME)
                .addSink(PARTIALS, Topics.USAGE_PARTIALS.name(), bytes, bytes, NAME);
    }
}
