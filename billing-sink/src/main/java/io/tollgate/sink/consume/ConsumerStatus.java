package io.tollgate.sink.consume;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether one consumer does its work, for readiness. */
public final class ConsumerStatus {
    private static final Logger log = LoggerFactory.getLogger(ConsumerStatus.class);

    private final String name;
    private volatile boolean joined;
    private volatile boolean refused;
    private volatile @Nullable String broken;
    private Runnable stop = () -> {};

    ConsumerStatus(String name) {
        this.name = name;
    }

    void stopBy(Runnable stop) {
        this.stop = stop;
    }

    void joined() {
        joined = true;
    }

    /** The brokers don't take its credentials, or don't let it read; it asks again. */
    void refused() {
        refused = true;
    }

    void admitted() {
        refused = false;
    }

    /** For good: the consumer stops, and stays stopped until someone has seen to it. */
    void broken(@Nullable String reason) {
        if (broken == null) {
            broken = reason == null ? "unknown" : reason;
            log.error("{} stops: {}", name, broken);
            stop.run();
        }
    }

    boolean isBroken() {
        return broken != null;
    }

    public String name() {
        return name;
    }

    /** Why it can't work; null if it can. */
    public @Nullable String complaint() {
        String reason = broken;
        if (reason != null) {
            return reason;
        }
        if (refused) {
            return "the brokers refuse it";
        }
        return joined ? null : "has not joined its group yet";
    }
}
