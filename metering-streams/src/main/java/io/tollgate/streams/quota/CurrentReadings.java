package io.tollgate.streams.quota;

import io.tollgate.avro.Quota;
import io.tollgate.avro.QuotaState;
import io.tollgate.quota.Periods;
import io.tollgate.quota.QuotaReading;
import io.tollgate.quota.QuotaRule;
import io.tollgate.quota.Standing;
import io.tollgate.quota.StateName;
import io.tollgate.quota.Window;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.Codecs;
import java.util.function.Consumer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * How the quotas of the task stand, to be read by what hangs below them. A state that is about to move on, since its
 * time is over, is none.
 */
public final class CurrentReadings {
    private final CurrentStates states;
    private final KeyValueStore<byte[], byte[]> quotas;
    private final AvroCodec<Quota> codec;

    public CurrentReadings(ProcessorContext<?, ?> context, Codecs codecs) {
        this.states = new CurrentStates(context.getStateStore(CurrentStates.NAME), codecs.quotaStates());
        this.quotas = context.getStateStore(QuotaShelf.NAME);
        this.codec = codecs.quotas();
    }

    /** Lets a processor read them. */
    public static void connect(Topology topology, String processor) {
        topology.connectProcessorAndStateStores(processor, CurrentStates.NAME, QuotaShelf.NAME);
    }

    /**
     * Null where nothing has been used in the quota's window.
     *
     * @param now epoch µs
     */
    public @Nullable QuotaReading find(StateName name, long now) {
        QuotaState state = states.find(name);
        return state == null ? null : reading(state, now);
    }

    /**
     * Gives each to {@code reader}.
     *
     * @param now epoch µs
     */
    public void forEach(long now, Consumer<QuotaReading> reader) {
        states.forEach(state -> {
            QuotaReading reading = reading(state, now);
            if (reading != null) {
                reader.accept(reading);
            }
        });
    }

    private @Nullable QuotaReading reading(QuotaState state, long now) {
        Quota quota = QuotaShelf.kept(quotas, codec, state.getQuota());
        Periods periods = quota == null ? null : QuotaRule.of(quota).periods();
        if (quota == null || periods == null || state.getResetsAt() <= now) {
            return null;
        }
        // A rolling window moves on without its state, as long as nothing leaves it.
        Window window =
                periods.isRolling() ? periods.at(now) : new Window(state.getWindowStart(), state.getWindowEnd());
        Standing standing = Standing.of(quota, Decimals.fromAvro(state.getUsed()), now);
        return new QuotaReading(quota, StateName.of(state), window, standing, now);
    }
}
