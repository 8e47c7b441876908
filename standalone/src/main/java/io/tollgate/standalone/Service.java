package io.tollgate.standalone;

import io.tollgate.gateway.GatewayApplication;
import io.tollgate.sink.SinkApplication;
import io.tollgate.streams.StreamsApplication;
import io.tollgate.usageapi.UsageApiApplication;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.resources.LoopResources;

/** The four services, in the order in which they are stopped: who writes first stops first. */
enum Service {
    GATEWAY("gateway-ingest", ShutdownSequence.Rank.GATEWAY),
    STREAMS("metering-streams", ShutdownSequence.Rank.STREAMS),
    SINK("billing-sink", ShutdownSequence.Rank.SINK),
    USAGE_API("usage-api", ShutdownSequence.Rank.USAGE_API);

    private static final int HTTP_THREADS = 2;

    private final String title;
    private final ShutdownSequence.Rank rank;

    Service(String title, ShutdownSequence.Rank rank) {
        this.title = title;
        this.rank = rank;
    }

    private SpringApplicationBuilder builder() {
        return switch (this) {
            case GATEWAY -> GatewayApplication.builder();
            case STREAMS -> StreamsApplication.builder();
            case SINK -> SinkApplication.builder();
            case USAGE_API -> UsageApiApplication.builder();
        };
    }

    private int port(PortPlan ports) {
        return switch (this) {
            case GATEWAY -> ports.gateway();
            case STREAMS -> ports.streams();
            case SINK -> ports.sink();
            case USAGE_API -> ports.usageApi();
        };
    }

    String title() {
        return title;
    }

    URI url(PortPlan ports) {
        return ports.bind().url(port(ports));
    }

    ShutdownSequence.Rank rank() {
        return rank;
    }

    /** Returns when its web server listens; what its readiness still waits for is its own to say. */
    ConfigurableApplicationContext launch(PortPlan ports, Map<String, String> properties) {
        Stream<String> all = Stream.concat(
                properties.entrySet().stream().map(property -> property.getKey() + "=" + property.getValue()),
                Stream.of(
                        "server.port=" + port(ports),
                        "server.address=" + ports.bind().address()));
        return builder()
                .registerShutdownHook(false)
                .initializers(context -> ownHttpThreads((GenericApplicationContext) context))
                // As arguments, which win over the environment: it is to use these servers and no others.
                .run(all.map("--"::concat).toArray(String[]::new));
    }

    /**
     * Reactor Netty's threads are one set for the JVM by default, and the first context that closes would take it away.
     * A service that chose its own threads keeps them: ours are the fallback.
     */
    private void ownHttpThreads(GenericApplicationContext context) {
        context.registerBean(
                ReactorResourceFactory.class,
                () -> {
                    ReactorResourceFactory resources = new ReactorResourceFactory();
                    resources.setUseGlobalResources(false);
                    resources.setLoopResourcesSupplier(() -> LoopResources.create(title + "-http", HTTP_THREADS, true));
                    resources.setShutdownQuietPeriod(Duration.ZERO);
                    return resources;
                },
                definition -> definition.setFallback(true));
    }
}
