package io.tollgate.streams.meter;

import io.tollgate.avro.Entry;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.SchemaIds;
import io.tollgate.schemas.submission.CompanyReader;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.streams.store.Deadlines;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * {@code usage.events} and {@code config.prices} → {@code usage.rated}, {@code usage.outcomes}, {@code usage.dead}. Values
 * are read inside the stage, so that bytes which are no record become a dead letter and not an exception.
 */
public final class Meter {
    /** Name of the processor: what reads ledger rows in the same pass hangs below it. */
    public static final String NAME = "meter";

    static final String RATED = "rated";
    static final String OUTCOMES = "outcomes";
    static final String DEAD = "meter-dead";

    /** Events whose correction waits, by event hash. */
    static final String DEADLINES = "meter-deadlines";

    private static final String EVENTS = "events";
    private static final String PRICES = "prices";

    private Meter() {}

    public static void addTo(
            Topology topology, Codecs codecs, String applicationId, SchemaIds ids, OutcomeMetrics metrics) {
        AvroCodec<Entry> entries = entryCodec(applicationId, ids);
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        ByteArraySerializer key = new ByteArraySerializer();
        topology.addSource(AutoOffsetReset.earliest(), EVENTS, bytes, bytes, Topics.USAGE_EVENTS.name())
                .addSource(AutoOffsetReset.earliest(), PRICES, bytes, bytes, Topics.CONFIG_PRICES.name())
                .addProcessor(
                        NAME,
                        () -> new MeterProcessor(codecs, entries, new CompanyReader(ids), metrics),
                        EVENTS,
                        PRICES)
                .addStateStore(GenerationalEntryStore.builder(), NAME)
                .addStateStore(Deadlines.builder(DEADLINES), NAME)
                .addStateStore(PriceShelf.builder(), NAME)
                .addSink(RATED, Topics.USAGE_RATED.name(), key, codecs.rated(), NAME)
                .addSink(OUTCOMES, Topics.USAGE_OUTCOMES.name(), key, codecs.outcomes(), NAME)
                .addSink(DEAD, Topics.USAGE_DEAD.name(), key, codecs.dead(), NAME);
    }

    /**
     * How entries are written, registered under the store's changelog topic: a newer version reads an older one's store
     * as it reads any other record.
     */
    private static AvroCodec<Entry> entryCodec(String applicationId, SchemaIds ids) {
        String changelog = applicationId + "-" + GenerationalEntryStore.NAME + "-changelog";
        return AvroCodec.of(new Topic(changelog, Entry.getClassSchema(), Topic.Spread.EVENTS, null), ids);
    }
}
