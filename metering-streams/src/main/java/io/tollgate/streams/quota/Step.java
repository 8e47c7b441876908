package io.tollgate.streams.quota;

import io.tollgate.avro.QuotaReset;
import io.tollgate.avro.QuotaSettlement;
import io.tollgate.avro.QuotaState;
import io.tollgate.quota.QuotaReading;
import io.tollgate.quota.StateName;
import io.tollgate.quota.Window;
import io.tollgate.schemas.serde.Codecs;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * All that one record, or one tick of the clock, changes. Every record of a company that a step writes has the same
 * version, the company's next: a settlement's version is then that of each state that it names. For the same reason a
 * step writes no record's key twice.
 */
final class Step {
    /** Epoch µs. */
    final long now;

    private final long timestamp;
    private final ProcessorContext<byte[], Object> context;
    private final Codecs codecs;
    private final Versions versions;
    private final List<String> readers;
    private final Map<String, Long> given = new HashMap<>(2);

    /**
     * A step in which nothing has been written.
     *
     * @param readers names of the processors that take readings
     * @param now epoch µs
     * @param timestamp of the records that it writes, epoch ms
     */
    Step(
            ProcessorContext<byte[], Object> context,
            Codecs codecs,
            Versions versions,
            List<String> readers,
            long now,
            long timestamp) {
        this.context = context;
        this.codecs = codecs;
        this.versions = versions;
        this.readers = readers;
        this.now = now;
        this.timestamp = timestamp;
    }

    /** Version of what the step writes of the company. */
    long version(String company) {
        return given.computeIfAbsent(company, versions::next);
    }

    /**
     * Writes a state, or that there is none any more.
     *
     * @param encoded null takes it out
     */
    void state(StateName name, byte @Nullable [] encoded) {
        context.forward(new Record<>(name.bytes(), encoded, timestamp), Quotas.STATES);
    }

    byte[] encode(QuotaState state) {
        return codecs.quotaStates().encode(state);
    }

    void reset(StateName name, QuotaReset reset) {
        Window window = new Window(reset.getWindowStart(), reset.getWindowEnd());
        byte[] key = name.resetKey(window, reset.getNumber());
        context.forward(new Record<>(key, codecs.quotaResets().encode(reset), timestamp), Quotas.RESETS);
    }

    /** Under the step's version; where it has written nothing of the company, under the last one. */
    void settle(String company, QuotaSettlement settlement) {
        Long version = given.get(company);
        settlement.setVersion(version == null ? versions.last(company) : version);
        byte[] key = company.getBytes(StandardCharsets.UTF_8);
        context.forward(new Record<>(key, codecs.settlements().encode(settlement), timestamp), Quotas.SETTLEMENTS);
    }

    void read(QuotaReading reading) {
        byte[] key = reading.name().company().getBytes(StandardCharsets.UTF_8);
        for (String reader : readers) {
            context.forward(new Record<>(key, reading, timestamp), reader);
        }
    }
}
