package io.tollgate.bench.process;

import java.time.Duration;

/** Something that listens on this machine, in a process of its own. */
public interface ServerProcess extends AutoCloseable {
    int port();

    /** CPU time of the process so far, to a hundredth of a second. */
    Duration cpu();

    @Override
    void close();
}
