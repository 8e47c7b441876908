package io.tollgate.bench.topology;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.bench.process.Endpoints;
import io.tollgate.streams.StreamsApplication;
import io.tollgate.streams.StreamsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.context.ConfigurableApplicationContext;

/** The metering service as it ships, in this process. */
final class RunningService implements AutoCloseable {
    private static final long POLL_MILLIS = 10;

    private final ConfigurableApplicationContext context;

    private RunningService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** @param state folder of the stores */
    static RunningService start(Endpoints endpoints, int partitions, Path state) {
        return new RunningService(StreamsApplication.builder()
                .run(
                        "--kafka=" + endpoints.kafka(),
                        "--registry=" + endpoints.registry(),
                        "--server.port=0",
                        "--logging.level.org.apache.kafka=ERROR",
                        "--tollgate.partitions=" + partitions,
                        "--tollgate.threads=" + TopologyComparison.THREADS,
                        "--tollgate.state-dir=" + state.toAbsolutePath()));
    }

    /** Returns when every thread processes, none restores any more. */
    void awaitProcessing(Duration limit) throws InterruptedException {
        Gauge ready = context.getBean(MeterRegistry.class).get("tollgate.ready").gauge();
        long deadline = System.nanoTime() + limit.toNanos();
        while (ready.value() < 1) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("after " + limit + " the topology does not process yet");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /** Native memory for all stores together. */
    int storeMemoryMb() {
        return context.getBean(StreamsSettings.class).storeMemoryMb();
    }

    @Override
    public void close() {
        context.close();
    }
}
