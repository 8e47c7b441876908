package io.tollgate.bench.process;

import io.tollgate.bench.Reading;
import java.util.List;

/** Work that is measured inside the process that does it. */
public interface Workload extends AutoCloseable {

    /** Prepares what the run needs, then runs it; only the run itself is in the reading. */
    Reading run(int round, int events) throws Exception;

    /**
     * Does or tells something that is no run, in words of its own.
     *
     * @return words, in one line
     */
    default String answer(List<String> words) throws Exception {
        throw new IllegalArgumentException("there is no answer to " + words);
    }

    @Override
    default void close() {}

    /** Makes it in its process. */
    @FunctionalInterface
    interface Maker {
        Workload make(Endpoints endpoints) throws Exception;
    }
}
