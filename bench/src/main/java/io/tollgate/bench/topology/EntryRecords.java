package io.tollgate.bench.topology;

import io.tollgate.avro.Entry;
import io.tollgate.bench.load.Catalog;
import io.tollgate.bench.load.UsageEvent;
import io.tollgate.pricing.PriceBook;
import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.SchemaIds;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.streams.MeteringTopology;
import io.tollgate.streams.dead.Origin;
import io.tollgate.streams.dedupe.Arrival;
import io.tollgate.streams.dedupe.EntryDecision;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;

/**
 * What the topology writes to the changelog of its dedupe store for an event, as far as this benchmark knows:
 * {@link RememberedIds} holds it against what the topology really writes before anything is measured. Not thread-safe.
 */
final class EntryRecords {
    static final String STORE = "meter-entries";
    static final String CHANGELOG = MeteringTopology.APPLICATION_ID + "-" + STORE + "-changelog";

    private static final long GENERATION_MS = Duration.ofDays(35).toMillis();

    private final int partitions;
    private final AvroCodec<Entry> codec;
    private final PriceBook prices = Catalog.book();

    EntryRecords(int partitions, SchemaIds ids) {
        this.partitions = partitions;
        this.codec = AvroCodec.of(new Topic(CHANGELOG, Entry.getClassSchema(), Topic.Spread.EVENTS, null), ids);
    }

    /** @param generation in which the event was metered, by its start */
    ProducerRecord<byte[], byte[]> of(UsageEvent event, long generation) {
        byte[] hash = event.hash();
        long appendedAt = event.time().toEpochMilli() * 1_000;
        Origin origin = new Origin(Topics.USAGE_EVENTS.name(), 0, 0, appendedAt, null);
        Entry entry = Objects.requireNonNull(EntryDecision.decide(null, new Arrival(event.submission(), origin), prices)
                .entry());
        return new ProducerRecord<>(CHANGELOG, partition(hash, partitions), key(hash, generation), codec.encode(entry));
    }

    /** A window store's: the key, the window's start, and a number that tells equal keys apart where there are any. */
    static byte[] key(byte[] hash, long generation) {
        return ByteBuffer.allocate(EventHash.LENGTH + Long.BYTES + Integer.BYTES)
                .put(hash)
                .putLong(generation)
                .putInt(0)
                .array();
    }

    /** Where a producer puts a record of this key. */
    static int partition(byte[] hash, int partitions) {
        return Utils.toPositive(Utils.murmur2(hash)) % partitions;
    }

    /** Start of the generation that a time is in, epoch ms. */
    static long generation(long ms) {
        return ms - Math.floorMod(ms, GENERATION_MS);
    }

    static long before(long generation) {
        return generation - GENERATION_MS;
    }
}
