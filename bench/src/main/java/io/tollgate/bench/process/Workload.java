package io.tollgate.bench.process;

import io.tollgate.bench.Reading;

/** Work that is measured inside the process that does it. */
public interface Workload extends AutoCloseable {

    /** Prepares what the run needs, then runs it; only the run itself is in the reading. */
    Reading run(int round, int events) throws Exception;

    @Override
    default void close() {}

    /** Makes it in its process. */
    @FunctionalInterface
    interface Maker {
        Workload make(Endpoints endpoints) throws Exception;
    }
}
