package io.tollgate.streams.store;

import java.util.Map;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/**
 * Has a processor finish what it keeps on its heap, each time before its task commits: sums that would else be written
 * for each record. What it writes and forwards then is in the transaction of the records that it is made of, so nothing
 * is ever open between two transactions, and a crash undoes both.
 *
 * <p>A store that keeps nothing. Streams tells its record caches to write out just before a commit, and tells no one
 * else; so this says that it is one, by the interface that Streams has for its own. {@code BeforeCommitTest} holds it to
 * what is used of it.
 */
public final class BeforeCommit implements StateStore, CachedStateStore<Object, Object> {
    private final String name;
    private Runnable work = () -> {};
    private boolean open;

    private BeforeCommit(String name) {
        this.name = name;
    }

    /** To be added before any store that the work writes to and that has a record cache: they are told in this order. */
    public static StoreBuilder<BeforeCommit> builder(String name) {
        return new Builder(name);
    }

    /**
     * Sets what there is to do, anew each time that a processor is made.
     *
     * @param context of the processor, in its {@code init}
     * @param work may write to stores and forward; nothing to do is no error
     */
    public void set(ProcessorContext<?, ?> context, Runnable work) {
        if (!(context instanceof InternalProcessorContext<?, ?> own)) {
            this.work = work;
            return;
        }
        ProcessorNode<?, ?, ?, ?> node = own.currentNode();
        this.work = () -> {
            ProcessorNode<?, ?, ?, ?> before = own.currentNode();
            own.setCurrentNode(node);
            try {
                work.run();
            } finally {
                own.setCurrentNode(before);
            }
        };
    }

    /** Does the work now: somebody else is about to read what it writes. */
    public void doNow() {
        work.run();
    }

    @Override
    public void flushCache() {
        work.run();
    }

    @Override
    public void clearCache() {}

    @Override
    public boolean setFlushListener(CacheFlushListener<Object, Object> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, (key, value) -> {});
        open = true;
    }

    @Override
    public void close() {
        open = false;
        work = () -> {};
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** Neither cache nor changelog, whatever is asked for. */
    private record Builder(String name) implements StoreBuilder<BeforeCommit> {
        @Override
        public StoreBuilder<BeforeCommit> withCachingEnabled() {
            return this;
        }

        @Override
        public StoreBuilder<BeforeCommit> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<BeforeCommit> withLoggingEnabled(Map<String, String> config) {
            return this;
        }

        @Override
        public StoreBuilder<BeforeCommit> withLoggingDisabled() {
            return this;
        }

        @Override
        public BeforeCommit build() {
            return new BeforeCommit(name);
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }
    }
}
