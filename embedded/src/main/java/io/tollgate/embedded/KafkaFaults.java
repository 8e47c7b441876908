package io.tollgate.embedded;

import java.util.concurrent.CompletableFuture;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Kafka's parts report when they can't go on. Kafka's own handler ends the process, which a library must not do: a
 * fault during the start is thrown by the start, a later fatal one completes {@link #fatal()}.
 */
final class KafkaFaults implements FaultHandlerFactory {
    private static final Logger log = LoggerFactory.getLogger(KafkaFaults.class);

    private final CompletableFuture<Throwable> fatal = new CompletableFuture<>();

    CompletableFuture<Throwable> fatal() {
        return fatal;
    }

    @Override
    public FaultHandler build(String name, boolean isFatal, Runnable action) {
        return new FaultHandler() {
            @Override
            public RuntimeException handleFault(String message, @Nullable Throwable cause) {
                log.error("Kafka: fault in {}: {}", name, message, cause);
                action.run();
                RuntimeException fault = new IllegalStateException(name + ": " + message, cause);
                if (isFatal) {
                    fatal.complete(fault);
                }
                return fault;
            }
        };
    }
}
