package io.tollgate.streams.totals;

import io.tollgate.avro.UsageStats;
import io.tollgate.quota.Stretch;
import io.tollgate.schemas.CompositeKey;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.streams.store.BeforeCommit;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;

/**
 * The totals, to be read by what hangs below them and is {@link #connect connected} to them. The rows of a company lie
 * together, by granularity and then by time, so a stretch is one range.
 */
public final class StoredTotals {
    private final WindowStore<byte[], byte[]> rows;
    private final KeyValueStore<byte[], byte[]> companies;
    private final BeforeCommit open;
    private final AvroCodec<UsageStats> codec;

    public StoredTotals(ProcessorContext<?, ?> context, AvroCodec<UsageStats> codec) {
        this.rows = context.getStateStore(TotalsProcessor.STORE);
        this.companies = context.getStateStore(KnownCompanies.STORE);
        this.open = context.getStateStore(TotalsProcessor.BEFORE_COMMIT);
        this.codec = codec;
    }

    /** Lets a processor below {@link Totals} read. */
    public static void connect(Topology topology, String processor) {
        topology.connectProcessorAndStateStores(
                processor, TotalsProcessor.STORE, TotalsProcessor.BEFORE_COMMIT, KnownCompanies.STORE);
    }

    /** Those that the task has totals of. */
    public List<String> companies() {
        return KnownCompanies.all(companies);
    }

    /** Gives every row of a company's stretch to {@code reader}. */
    public void forEach(String company, Stretch stretch, Consumer<UsageStats> reader) {
        open.doNow();
        byte[] from = key(company, stretch, stretch.from());
        byte[] to = key(company, stretch, stretch.to());
        long last = (stretch.to() - 1) / 1_000;
        try (KeyValueIterator<Windowed<byte[]>, byte[]> found = rows.fetch(from, to, stretch.from() / 1_000, last)) {
            while (found.hasNext()) {
                reader.accept(codec.decode(found.next().value));
            }
        }
    }

    /** Where the rows of a window begin: times are written with as many digits from 2001 to 2286, so they sort as text. */
    private static byte[] key(String company, Stretch stretch, long micros) {
        return CompositeKey.of(company, stretch.granularity().name(), Long.toString(micros));
    }
}
